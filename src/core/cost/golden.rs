//! Bills worked out by hand, against the price models of the bundled pack.
//! Every expectation carries its arithmetic; none was copied from what the program printed.

use std::sync::Arc;

use crate::core::cost::money::Money;
use crate::core::cost::presets::{always_on, preset};
use crate::core::cost::tariff::{NoBill, Tariff, UncountedPart};
use crate::core::cost::tests::bill;
use crate::core::cost::workload::{Bursts, Workload, WorkloadField};
use crate::core::judge::samples::day;
use crate::pack::{Bundled, Library, Price, Service};

/// 100 ms and 512 MB a request, evenly spread: service | requests in millions | unrounded bill | arithmetic.
/// 0.1 s × 0.5 GB = 0.05 GB-s a request: 1 million = 50,000 GB-s, 100 million = 5,000,000 GB-s and 10,000,000 s, at 512 /
/// 1,769 = 0.289429 vCPU 2,894,290 vCPU-s.
const METERED: &str = "\
aws-lambda | 0 | 0.00 | no meter runs
aws-lambda | 1 | 0.00 | 1 M of 1 M free; 50,000 of 400,000 GB-s free
aws-lambda | 100 | 96.46682 | 99 × 0.20 = 19.80; 4,600,000 × 0.0000166667 = 76.66682
aws-lambda-at-edge | 1 | 3.1005 | 0.60; 50,000 × 0.00005001 = 2.5005
aws-lambda-at-edge | 100 | 310.05 | 60; 5,000,000 × 0.00005001 = 250.05
azure-functions-consumption | 1 | 0.00 | all free
azure-functions-consumption | 100 | 93.40 | 99 × 0.20 = 19.80; 4,600,000 × 0.000016 = 73.60
azure-functions-flex-consumption | 0 | 0.00 | on-demand mode
azure-functions-flex-consumption | 1 | 10.70 | 0.75 × 0.40 = 0.30; (1 M × 1 s × 0.5 GB − 100,000) × 0.000026 = 10.40
azure-functions-flex-consumption | 100 | 1,337.30 | 99.75 × 0.40 = 39.90; (50,000,000 − 100,000) × 0.000026 = 1,297.40
google-cloud-run | 1 | 0.00 | all free
google-cloud-run | 100 | 115.94296 | 98 × 0.40 = 39.20; (2,894,290 − 180,000) × 0.000024 = 65.14296; 4,640,000 × 0.0000025 = 11.60
google-cloud-run-functions | 100 | 126.40 | 512 MB come with 0.333 vCPU: 39.20; (3,330,000 − 180,000) × 0.000024 = 75.60; 4,640,000 × 0.0000025 = 11.60
azure-container-apps | 1 | 0.00 | all free
azure-container-apps | 100 | 108.80 | 39.20; (2,500,000 − 180,000) × 0.000024 = 55.68; 4,640,000 × 0.000003 = 13.92
ibm-code-engine | 1 | 0.4842 | 0.9 × 0.538
ibm-code-engine | 100 | 166.7062899 | 99.9 × 0.538 = 53.7462; 2,794,290 × 0.00003431 = 95.8720899; 4,800,000 × 0.00000356 = 17.088
digitalocean-functions | 1 | 0.00 | 50,000 of 90,000 free
digitalocean-functions | 100 | 90.835 | 4,910,000 × 0.0000185
cloudflare-workers-free | 0 | 0.00 | free
cloudflare-workers-free | 1 | 0.00 | free to 3 M
cloudflare-workers-paid | 0 | 5.00 | the plan
cloudflare-workers-paid | 1 | 5.00 | 1 M of 10 M and 7,000 of 30,000 CPU-s included
cloudflare-workers-paid | 100 | 45.40 | 90 × 0.30 = 27; 670,000 CPU-s × 0.00002 = 13.40; 5
vercel-functions | 0 | 19.99981 | 0.027397 × 730
vercel-functions | 1 | 19.99981 | 0.60 + 0.711112 + 0.1177776 is less than the seat
vercel-functions | 100 | 142.88896 | 60; 2,000,000 CPU-s × 0.0000355556 = 71.1112; 4,000,000 GB-s × 0.00000294444 = 11.77776
aws-api-gateway | 1 | 1.00 | 1 × 1.00
aws-api-gateway | 100 | 100.00 | 100 × 1.00
aws-sqs | 1 | 0.8000004 | a million free calls are 333,333 messages of three: 666,667 × 1.20
aws-sqs | 100 | 119.6000004 | 99.666667 × 1.20
aws-dynamodb-on-demand | 1 | 0.225 | 0.8 × 0.125 + 0.2 × 0.625
aws-dynamodb-on-demand | 100 | 22.50 | 100 × 0.225
google-firestore | 1 | 0.00 | 1 M of 1.5 M free
google-firestore | 100 | 41.37 | 98.5 × 0.42
azure-cosmos-db-serverless | 1 | 1.50 | 6 × 0.25
azure-cosmos-db-serverless | 100 | 150.00 | 100 × 1.50
cockroachdb-basic | 1 | 0.00 | 1 M of 6.25 M free
cockroachdb-basic | 100 | 150.00 | 93.75 × 1.60
upstash-redis | 1 | 2.00 | 10 × 0.20 per 100,000
upstash-redis | 100 | 200.00 | 100 × 2.00
aws-kinesis-on-demand | 0 | 29.20 | 0.04 × 730
aws-kinesis-on-demand | 1 | 29.28 | 29.20 + 0.08
aws-kinesis-on-demand | 100 | 37.20 | 29.20 + 8.00
aws-elasticache-serverless | 0 | 6.132 | 0.0084 × 730
aws-elasticache-serverless | 1 | 6.1343 | 6.132 + 0.0023
aws-elasticache-serverless | 100 | 6.362 | 6.132 + 0.23
aws-msk-serverless | 0 | 547.50 | 0.75 × 730
aws-msk-serverless | 1 | 547.60 | 547.50 + 0.10
aws-msk-serverless | 100 | 557.50 | 547.50 + 10.00
cloudflare-durable-objects | 100 | 30.85 | 5; 99 × 0.15 = 14.85; (10,000,000 s × 0.128 GB − 400,000) × 0.0000125 = 11.00
";

/// The same workload: service | bills at 0, 1 and 100 million, and at 100 million with a peak ten times the mean | units.
/// 100 million a month = 38.0518 a second, of which 3.80518 are in flight and ask for 1.10133 vCPU; ten times that at the peak.
const CAPACITY: &str = "\
aws-fargate-ecs | 9.01 9.01 45.05 405.45 | 1 1 5 45 | 0.25 × 0.04048 + 0.5 × 0.004445 = 0.0123425 × 730 = 9.010025; 1.10133 / 0.25 vCPU
aws-ec2 | 7.59 7.59 15.18 151.84 | 1 1 2 20 | 0.0104 × 730 = 7.592; 38.05 / 25 a second; 38.0518 / 2 that fit into 1 GB
aws-app-runner | 10.22 56.94 113.88 683.28 | 1 1 2 12 | idle 0.014 × 730; busy 0.078 × 730; 11.0133 / 1 vCPU
azure-container-instances | 34.44 34.44 68.88 432.74 | 1 1 2 12 | 0.0405 + 1.5 × 0.00445 = 0.047175 × 730; 11.0133 / 1 vCPU, of 2 GB: 0.0405 + 2 × 0.00445 = 0.0494 × 730
azure-functions-premium | 157.72 157.72 315.43 473.15 | 1 1 2 3 | 0.21605 × 730; 1.10133 / 1 vCPU; follows the load, so at most one more than the mean asks for
aws-rds | 12.41 12.41 12.41 TooMany | 1 1 1 - | 0.017 × 730; 100 a second, and two units are the most
google-cloud-sql | 7.67 7.67 7.67 TooMany | 1 1 1 - | 0.0105 × 730; 50 a second, and larger ones are not in the model
aws-aurora-serverless-v2 | 0.00 43.80 43.80 87.60 | 0 1 1 2 | 0.06 × 730, awake all month; 50 a second; follows the load, so at most one more than the mean asks for
neon | 0.00 19.35 38.69 58.04 | 0 1 2 3 | 0.0265 × 730, awake all month; 25 a second; one more than the mean asks for
azure-sql-database-serverless | 0.00 266.74 266.74 533.48 | 0 1 1 2 | 0.7 × 0.000145 × 3,600 = 0.3654 × 730, awake all month; 100 a second
aws-dynamodb-provisioned | 2.85 2.85 6.66 65.08 | 0 1 39 381 | 0.8 × 0.00013 + 0.2 × 0.00065 = 0.000234 × 730 = 0.17082; 1 a second; five of each are 0.0039 × 730
azure-cosmos-db-provisioned | 23.36 23.36 23.36 140.16 | 4 4 4 24 | 0.008 × 730 = 5.84; 16 a second
aws-opensearch-serverless-classic | 350.40 350.40 350.40 350.40 | 2 2 2 2 | 0.24 × 730 = 175.20; 50 a second
google-gke-autopilot | 73.00 96.43 143.30 611.96 | 0 1 3 23 | 0.10 × 730 added; 0.0321 × 730 = 23.433 a pod; 11.0133 / 0.5 vCPU
render-web-service | 7.00 7.00 28.00 273.00 | 1 1 4 39 | 0.009589 × 730; one of 512 MB fits
aws-lambda-provisioned-concurrency | 5.48 6.16 90.51 282.14 | 1 1 4 39 | 0.0075 × 730 = 5.475; n × 0.20; GB-s × 0.0000097222; one at a time
";

/// Any workload: service | workload | bill, or its range, or why there is none | arithmetic.
const CASES: &str = "\
aws-lambda | 10M 200ms 512MB | $11.80 | 9 × 0.20 = 1.80; (1,000,000 − 400,000) × 0.0000166667 = 10.00
cloudflare-workers-paid | 10M 7ms 128MB | $5.80 | 5; (70,000 − 30,000 s) × 0.00002 = 0.80
azure-functions-consumption | 10M 100ms 512MB | $3.40 | 1.80; 100,000 × 0.000016 = 1.60
azure-container-apps | 10M 200ms 512MB | $12.80 | 3.20; 640,000 × 0.000003 = 1.92; 320,000 × 0.000024 = 7.68
vercel-functions | 10M 200ms 512MB | $20.00 | 6.00 + 7.11 + 2.36 = 15.47 is less than the plan
aws-kinesis-on-demand | 10M 1ms 1MB | $30.00 | 29.20 + 0.80
google-cloud-run | 10M 200ms 512MB | $14.37 | 3.20; (578,858 − 180,000) × 0.000024 = 9.57; 640,000 × 0.0000025 = 1.60
google-cloud-run | 10M 200ms 512MB vcpu=1 | $48.48 | 3.20; 1,820,000 × 0.000024 = 43.68; 1.60
google-cloud-run | 10M 200ms 512MB at=80 | $14.37 | 0.761 in flight: one runs for 1 − e^(−0.761) = 53 % of the month, and 1.4 M s of a whole vCPU are dearer than 0.58 M
google-cloud-run | 10M 2s 2GB | $653.68 | 3.20; (20,000,000 × 1.157716 − 180,000) × 0.000024 = 551.38; 39,640,000 × 0.0000025 = 99.10
aws-lambda | 10M 2s 2GB | $661.80 | 1.80; (40,000,000 − 400,000) × 0.0000166667 = 660.00
aws-fargate-ecs | 10M 2s 2GB | $324.36 | 7.61 in flight × 1.157716 = 8.81 vCPU: 9 tasks of 1 vCPU, 2 GB × 0.04937 × 730 = 36.0401
aws-fargate-ecs | 10M 2s 2GB vcpu=0.1 | $111.02 | 7.61 in flight, one to 2 GB: 8 tasks of 0.25 vCPU, 2 GB × 0.01901 × 730 = 13.8773
aws-ec2 | 10M 2s 2GB | TooLarge | a request needs 2 GB, the machine has 1
aws-ec2 | 1M 5s 8GB | TooLarge | a request needs 8 GB, the machine has 1
azure-container-apps | 1M 100ms 512MB vcpu=64 | TooFewVcpus | 64 are asked for; the largest replica has 8 GB, enough, and 4 vCPU
neon | nightly-job | $0.13 | 30 × (5 + 5 min) = 5 h × 0.0265
aws-aurora-serverless-v2 | nightly-job | $0.30 | 5 h × 0.06
azure-sql-database-serverless | nightly-job | $11.88 | 30 × (5 + 60 min) = 32.5 h × 0.3654
neon | 1000 100ms 512MB | $2.09 | 730 × (1 − e^(−1,000 × 300.1 / 2,628,000)) = 730 × 0.107913 = 78.78 h × 0.0265
neon | 1 100ms 512MB | <$0.01 | 300.1 s × 0.0265 / 3,600 = 0.0022
aws-aurora-serverless-v2 | 1 100ms 512MB | $0.01 | 300.1 s × 0.06 / 3,600 = 0.005002
azure-sql-database-serverless | 1 100ms 512MB | $0.37 | 3,600.1 s × 0.3654 / 3,600
cloudflare-durable-objects | 10M 1ms 128MB | $6.35 | 5; 9 × 0.15 = 1.35
cloudflare-durable-objects | 3M 1ms 128MB | $0.00 | the free plan has 100,000 requests a day
aws-app-runner | 1 100ms 512MB | $10.22 | 10.22; a minute of 0.064 an hour is a tenth of a cent
azure-functions-flex-consumption | 10M 100ms 512MB | $34.70 to $131.30 | 3.90; each is active for 1 s: one is for 1 − e^(−3.805) = 2,569,513 s: 1,184,757 GB-s × 0.000026 = 30.80, or 5,000,000 − 100,000: 127.40
azure-functions-flex-consumption | 1M 100ms 1536MB at=8 | $40.95 to $49.70 | 0.30; one of 2 GB is active for 1 − e^(−0.3805) = 831,744 s: 1,563,488 GB-s × 0.000026 = 40.65; or 1,900,000
aws-fargate-ecs | 1M 100ms 512MB | $9.01 | one task, as without requests
aws-ec2 | 1M 100ms 512MB | $7.59 | one machine, as without requests
aws-lambda | 1M 40min 512MB | TooLong | 30 minutes at most
aws-lambda | 1M 1s 12GB | TooLarge | 10 GB at most
aws-lambda | 1M 1s 512MB vcpu=1 | $22.13 | 1,769 MB: (1,727,539 − 400,000) × 0.0000166667 = 22.13
aws-step-functions-express | 200M 4s 64MB | $525.88 | 200; 50 M GB-s: 3.6 M × 0.00001667 = 60.012; 14.4 M × 0.00000833 = 119.952; 32 M × 0.00000456 = 145.92
azure-service-bus | 100M 1ms 1MB | $129.41 | 0.013438 × 730 = 9.80974; (50 − 6.5) × 1.60 = 69.60; 50 × 1.00
aws-api-gateway | 500M 1ms 1MB | $480.00 | 300 × 1.00; 200 × 0.90
aws-lambda | 75M 60s 2GB | $145,008.33 | 74 × 0.20 = 14.80; 9,000 M GB-s: (6,000 M − 400,000) × 0.0000166667 = 99,993.53; 3,000 M × 0.000015 = 45,000
google-cloud-run-min-instances | 5M 300ms 1GB | $31.43 | 1.20; 1,500,000 s: 868,287 vCPU-s × 0.000024 = 20.84; × 0.0000025 = 3.75; 0.018 × (730 − 416.667 h) = 5.64
google-cloud-run-min-instances | 0 300ms 1GB | $13.14 | 0.018 × 730
google-cloud-run | 100M 200ms 512MB at=80 | $100.30 to $197.91 | 39.20; one runs for 2,626,698 s (1 − e^(−7.61)): of 1 vCPU 2,446,698 × 0.000024 = 58.72, 953,349 × 0.0000025 = 2.38; or (5,788,580 − 180,000) × 0.000024 = 134.61; 9,640,000 × 0.0000025 = 24.10
aws-app-runner | 1M 100ms 3GB | $62.05 | 1 vCPU, 3 GB, awake all month: (0.064 + 3 × 0.007) × 730
aws-app-runner | 0 100ms 3GB | $15.33 | 3 × 0.007 × 730
aws-app-runner | 60x10m 60k 200ms 1GB | $10.92 | 10.22; 60 × (10 + 1 min) = 11 h × 0.064, and 0.2 s each
aws-fargate-ecs | nightly-job | $10.63 | one run at a time, 0.58 vCPU asked: one task of 0.25 vCPU, 1 GB, not three: 0.014565 × 730
aws-redshift-serverless | 30x10s 30 10s 1MB | $0.75 | 30 × 60 s = 0.5 h × 4 × 0.375
aws-aurora-serverless-v2 | 300M 100ms 512MB peak=5 | $131.40 to $175.20 | 114.2 a second are 2.28 steps of 50: 3 × 43.80, and at most one more, since each rise is rounded up; not the 12 of the peak
aws-documentdb-serverless | 600M 100ms 512MB peak=3 | $150.02 to $180.02 | 228.3 a second are 4.57 steps: 5 × 0.0411 × 730 = 150.015; 6 = 180.018
runpod-serverless | 200k 6400ms 12GB peak=6 | $243.89 to $364.80 | 730 × (1 − e^(−200,000 × 11.4 / 2,628,000)) = 423.42 h × 0.576; each for itself 200,000 × 11.4 s = 633.33 h
runpod-serverless | 1 6400ms 20GB | <$0.01 | 11.4 s × 0.684 / 3,600
google-cloud-run-gpu | 2M 1s 12GB peak=5 | $763.96 to $1,527.92 | 0.76 in flight: 1 × 1.04652 × 730, and one more
google-cloud-run | 100M 250ms 1GB at=80 | $103.62 to $525.76 | 39.20; 300 ms are billed: one runs for 2,627,971 s (1 − e^(−11.4)): 2,447,971 × 0.000024 = 58.75, 2,267,971 × 0.0000025 = 5.67; or (30 M × 0.578858 − 180,000) × 0.000024 = 412.46, 29.64 M × 0.0000025 = 74.10
azure-container-apps | 60M 500ms 1GB at=20 | $57.22 to $467.80 | 23.20; 2,627,971 s: 1,133,986 × 0.000024 = 27.22, 2,267,971 × 0.000003 = 6.80; or 14.82 M × 0.000024 = 355.68, 29.64 M × 0.000003 = 88.92
google-cloud-run-min-instances | 20M 200ms 1GB at=80 | $64.51 to $72.77 | 7.20; busy for 1 − e^(−1.522) = 2,054,414 s × (0.000024 + 0.0000025) = 54.44; 13.14 × 0.21826 = 2.87; or 2,315,432 × 0.000024 + 10.00
azure-functions-flex-consumption | 60M 200ms 2GB at=16 | $157.96 to $3,141.30 | 23.90; (2,628,000 s × 2 GB − 100,000) × 0.000026 = 134.06: 22.8 a second, each for a second; or (60 M × 1 s × 2 GB − 100,000) × 0.000026
cloudflare-containers | 20M 200ms 1GB at=50 | $30.90 to $37.47 | 5; the processor as used: (4 M × 0.25 − 22,500) × 0.00002 = 19.55; 1 instance up all month (2,628,000 − 90,000) × 0.0000025 = 6.345, or 2 of them
railway-serverless | 20M 400ms 1GB at=50 | $45.85 to $76.21 | 8 M × 0.578858 × 0.000007717 = 35.736; 1 or 4 × 2,628,000 × 0.00000385 = 10.118
google-cloud-run | 100M 250ms 1GB vcpu=1 at=80 | $760.55 to $828.98 | 39.20; 30 M vCPU-s are asked for: 29.82 M × 0.000024 = 715.68; 5.67 or 74.10 of memory
aws-fargate-ecs | 10M 2s 2GB at=80 | $13.88 to $324.36 | 80 share 2 GB and 1.16 vCPU: a task of 0.25 vCPU, 2 GB × 0.01901 × 730; or nine of 1 vCPU
aws-ec2 | 60M 200ms 512MB at=10 | $7.59 to $22.78 | 22.8 a second for one machine of 25; 4.57 in flight / 2 that fit into 1 GB: three
heroku-eco | 300k 500ms 2GB | TooLarge | an Eco dyno has 512 MB
heroku-eco | 10M 100ms 256MB | $5.00 | 0.38 in flight
heroku-eco | 20M 1s 256MB | TooMany | 7.6 in flight, two fit into the only dyno
mongodb-atlas-flex | 3B | TooMany | 1,142 a second, and 500 are the most
supabase | 200M | TooMany | 76 a second for a server of 50
aws-lambda-microvms | 20k 10min 4GB | $856.17 | 15.50; 12 M s × 2 vCPU × 0.0000276944 = 664.67; 48 M GB-s × 0.0000036667 = 176.00
aws-sqs | 500M | $599.60 | 1,500 M calls − 1 M, × 0.40
azure-event-grid | 800M | $959.94 | 1,600 M operations − 100,000, × 0.60
aws-dynamodb-provisioned | 60M 1ms 1MB peak=3 | $11.79 | 68.5 a second: 69 × 0.17082
prisma-postgres | 5M | $42.00 | Starter: 10 + 4 × 8
prisma-postgres | 6M | $49.00 | Pro, with 10 million; Starter would be 50
prisma-postgres | 40M | $109.00 | Pro: 49 + 30 × 2; Business 129, Starter 322
prisma-postgres | 70M | $149.00 | Business: 129 + 20 × 1; Pro 169
turso | 50M | $0.00 | Free: 10 M rows written
turso | 200M | $19.99 | Developer: 4.99; 40 M rows written, 25 M of them included: 15 × 1.00
turso | 600M | $44.92 | Scaler: 24.92; 120 M written, 100 M of them included
alibaba-function-compute | 800M 1s 2GB | $18,210.42 | 6 M + 926.1728 M + 240 M units: 100 M × 0.00002 + 400 M × 0.000017 + 672.1728 M × 0.000014
aws-cloudfront-flat-rate | 10M | $15.00 | Pro
aws-cloudfront-flat-rate | 100M | $200.00 | Business, to 125 M
aws-cloudfront-flat-rate | 800M | LargestPlan | Premium ends at 500 M
aws-glue | 1000 5min 128GB | $293.33 | 1,000 × 300 s × 128 GB × 0.00000763889: 8 DPU
aws-glue | 1000 1s 1MB | $14.67 | 1,000 × 60 s × 32 GB × 0.00000763889
azure-functions-premium | 8M 800ms 1536MB peak=3 | $473.15 to $630.87 | 2.44 in flight × 0.868 = 2.11 vCPU: 3 × 157.7165, and at most one more
azure-functions-premium | 22x8h 8M 800ms 1536MB | $461.91 | 10.1 in flight × 0.868 = 8.77: 9 × 176 h, and one for the other 554 h × 0.21605
aws-documentdb-serverless | 22x8h 600M | $160.21 | 947 a second: 19 steps × 176 h + 1 × 554 h = 3,898 h × 0.0411
aws-neptune-serverless | 22x8h 600M | $626.80 | 38 × 176 h + 2 × 554 h = 7,796 h × 0.0804
aws-opensearch-serverless-classic | 22x8h 600M | $1,068.48 | 19 × 176 h + 2 × 554 h = 4,452 h × 0.24
google-cloud-run-min-instances | 22x2h 500k 2s 1GB | $28.74 | 1,000,000 s × (0.578858 × 0.000024 + 0.0000025) = 16.39; busy for the 44 h of the bursts at most: 686 h × 0.018 = 12.35
aws-fargate-ecs | 1000 1s 1GB vcpu=4 | $144.16 | a task of 4 vCPU, 8 GB: (4 × 0.04048 + 8 × 0.004445) × 730
aws-fargate-ecs | 1000 1s 1GB vcpu=64 | TooFewVcpus | the largest task has 16 vCPU
koyeb | 5M 300ms 1GB vcpu=4 | $61.05 | as with 8 GB: an eco-xlarge has 4 vCPU
koyeb | 5M 300ms 8GB | $61.05 | 29 − 10 + 0.0576 × 730
koyeb | 1000 300ms 256MB | $29.00 | the plan: an hour a week of $0.0022 is within its $10
cloudflare-sandbox | 10k 2min 4GB | $88.33 | 5; 10,000 × (2 + 10 min) × 4 GB = 28.8 M − 90,000 GB-s × 0.0000025 = 71.775; (600,000 − 22,500) × 0.00002 = 11.55
cloudflare-workers-paid | 10M 10ms 512MB | TooLarge | an isolate has 128 MB
fastly-compute | 10M 10ms 512MB | TooLarge | 128 MB
fastly-compute | 500M 10ms 128MB | $415.00 | 490 × 0.50 = 245; (3,500,000 − 100,000 s) × 0.00005 = 170
fastly-compute | 600M 10ms 128MB | LargestPlan | where the rates fall beyond 500 M is not known
google-cloud-run-functions | 8M 250ms 256MB | $8.30 | 2.40; 300 ms: (2.4 M × 0.167 − 180,000) × 0.000024 = 5.2992; (600,000 − 360,000) × 0.0000025 = 0.60
google-cloud-run-functions | 5M 400ms 700MB | $28.96 | 1.20; 1 GB with 0.583 vCPU: (1,166,000 − 180,000) × 0.000024 = 23.664; (2,000,000 − 360,000) × 0.0000025 = 4.10
google-cloud-run-functions | 5M 400ms 512MB vcpu=1 | $46.48 | 1.20; (2,000,000 − 180,000) × 0.000024 = 43.68; (1,000,000 − 360,000) × 0.0000025 = 1.60
koyeb | 1000 1s 24GB | $55.40 | 19; a 3xlarge of 32 GB is awake 730 × (1 − e^(−1,000 × 301 / 2,628,000)) = 79.00 h × 0.4608 = 36.40
";

fn bundled() -> Library {
    Library::open(Arc::new(Bundled)).expect("the bundled pack is sound")
}

fn service<'a>(library: &'a Library, id: &str) -> &'a Service {
    library
        .service(id)
        .unwrap_or_else(|| panic!("{id} is there"))
}

fn total(library: &Library, id: &str, workload: &Workload) -> String {
    bill(service(library, id), workload).map_or_else(
        |why| format!("{why:?}"),
        |b| b.sums.total.exact_in_dollars(),
    )
}

fn millions(n: u64) -> Workload {
    Workload::default().with(WorkloadField::Requests, n * 1_000_000)
}

fn cells(row: &str) -> Vec<&str> {
    row.split('|').map(str::trim).collect()
}

#[test]
fn metered_services_bill_what_was_worked_out_by_hand() {
    let library = bundled();
    for row in METERED.lines() {
        let [id, requests, expected, _arithmetic] = cells(row)[..] else {
            panic!("four cells: {row}")
        };
        let workload = millions(requests.parse().expect("millions"));
        assert_eq!(
            total(&library, id, &workload),
            format!("${expected}"),
            "{row}"
        );
        // The peak plays no part where nothing is held.
        assert_eq!(
            total(&library, id, &workload.with(WorkloadField::Peak, 10_000)),
            format!("${expected}"),
            "{row}"
        );
    }
}

#[test]
fn held_capacity_bills_what_was_worked_out_by_hand() {
    let library = bundled();
    let loads = [
        millions(0),
        millions(1),
        millions(100),
        millions(100).with(WorkloadField::Peak, 10_000),
    ];
    for row in CAPACITY.lines() {
        let [id, bills, units, _arithmetic] = cells(row)[..] else {
            panic!("four cells: {row}")
        };
        for ((workload, expected), units) in
            loads.iter().zip(bills.split(' ')).zip(units.split(' '))
        {
            let found = match bill(service(&library, id), workload) {
                Ok(bill) => (bill.sums.total.in_dollars(), bill.sums.units),
                Err(why) => (named(why), 0),
            };
            let dollars = if units == "-" { "" } else { "$" };
            let expected = (format!("{dollars}{expected}"), units.parse().unwrap_or(0));
            assert_eq!(found, expected, "{row}");
        }
    }
}

/// The name of a reason without a bill.
fn named(why: NoBill) -> String {
    let why = format!("{why:?}");
    why.split('(').next().unwrap_or("").to_owned()
}

/// A workload of a case: requests, time and memory, `vcpu=`, `at=`, `peak=` and bursts, or a preset.
fn workload_of(words: &str) -> Workload {
    if let Some(named) = bundled().pack().subject.cost.workload(words) {
        return preset(named);
    }
    let mut workload = Workload::default();
    let mut plain = [
        WorkloadField::Requests,
        WorkloadField::Duration,
        WorkloadField::Memory,
    ]
    .into_iter();
    for word in words.split(' ') {
        let typed = |field, text| workload.typed(field, text).expect("in range");
        workload = match (word.split_once('='), Bursts::read(word)) {
            (Some(("vcpu", n)), _) => typed(WorkloadField::Vcpu, n),
            (Some(("peak", n)), _) => typed(WorkloadField::Peak, n),
            (Some((_, n)), _) => typed(WorkloadField::AtOnce, n),
            (None, Ok(bursts)) => workload.in_bursts(Some(bursts)),
            (None, Err(_)) => typed(plain.next().expect("three fields"), word),
        };
    }
    workload
}

#[test]
fn any_workload_bills_what_was_worked_out_by_hand() {
    let library = bundled();
    for row in CASES.lines() {
        let [id, workload, expected, _arithmetic] = cells(row)[..] else {
            panic!("four cells: {row}")
        };
        let found = match bill(service(&library, id), &workload_of(workload)) {
            Ok(bill) => match bill.at_least {
                Some(least) => {
                    format!("{} to {}", least.in_dollars(), bill.sums.total.in_dollars())
                }
                None => bill.sums.total.in_dollars(),
            },
            Err(why) => named(why),
        };
        assert_eq!(found, expected, "{row}");
    }
}

#[test]
fn amounts_are_shown_in_cents_rounded_half_up() {
    let library = bundled();
    let check = |id: &str, n: u64, peak: u64, expected: &str| {
        let bill = bill(
            service(&library, id),
            &millions(n).with(WorkloadField::Peak, peak),
        )
        .expect("priced");
        assert_eq!(
            bill.sums.total.in_dollars(),
            expected,
            "{id} at {n} million"
        );
    };
    check("aws-lambda", 100, 1_000, "$96.47");
    check("digitalocean-functions", 100, 1_000, "$90.84");
    check("aws-dynamodb-on-demand", 1, 1_000, "$0.23");
    check("google-cloud-sql", 0, 1_000, "$7.67");
    check("neon", 1, 1_000, "$19.35");
    check("aws-lambda-provisioned-concurrency", 0, 1_000, "$5.48");
    check("aws-lambda-provisioned-concurrency", 100, 10_000, "$282.14");
    check("vercel-functions", 100, 1_000, "$142.89");
    check("azure-functions-flex-consumption", 100, 1_000, "$1,337.30");
}

/// Examples that vendors print beside their prices, with what they print. Where their page rounds a rate that is quoted
/// more exactly elsewhere, the comment says so.
#[test]
fn examples_of_the_vendors_come_out_as_printed() {
    let library = bundled();
    let check = |id: &str, requests: u64, ms: u64, mb: u64, printed: &str| {
        let workload = Workload::default()
            .with(WorkloadField::Requests, requests)
            .with(WorkloadField::Duration, ms)
            .with(WorkloadField::Memory, mb);
        let bill = bill(service(&library, id), &workload).expect("priced");
        assert_eq!(bill.sums.total.in_dollars(), printed, "{id}");
    };
    // developers.cloudflare.com/workers/platform/pricing: 15 million requests of 7 ms CPU: 5 + 1.50 + 1.50.
    check("cloudflare-workers-paid", 15_000_000, 100, 128, "$8.00");
    // aws.amazon.com/lambda/pricing, example 1: 3 million calls of 1 s with 512 MB: 1,100,000 GB-s and 2 million requests.
    // The page rounds the rate to $0.00001667 and prints $18.34 + $0.40 = $18.74; at $0.0000166667 it is 18.33337 + 0.40.
    check("aws-lambda", 3_000_000, 1_000, 512, "$18.73");
    // modal.com/blog/azure-function-pricing-guide: 3 million runs of 1 s with 1.5 GB: 4,100,000 × 0.000016 + 0.40.
    check(
        "azure-functions-consumption",
        3_000_000,
        1_000,
        1_536,
        "$66.00",
    );
}

#[test]
fn storage_is_shown_apart() {
    let library = bundled();
    let check = |id: &str, expected: Option<&str>| {
        let workload = millions(0).with(WorkloadField::Stored, 100);
        let storage = bill(service(&library, id), &workload)
            .expect("priced")
            .storage
            .map(|part| part.amount.in_dollars());
        assert_eq!(storage.as_deref(), expected, "{id}");
    };
    check("neon", Some("$35.00"));
    check("confluent-cloud-basic", Some("$8.00"));
    check("pinecone-serverless", Some("$33.00"));
    check("momento-cache-flex", Some("$3,000.00"));
    check("google-cloud-sql", Some("$17.00"));
    check("aws-msk-serverless", Some("$10.00"));
    check("aws-redshift-serverless", Some("$2.40"));
    check("azure-cosmos-db-serverless", Some("$25.00"));
    check("google-spanner", Some("$30.00"));
    // (100 − 25) × 0.25, (100 − 10) × 0.50, (100 − 1) × 0.25, (100 − 8) × 0.125, (100 − 1) × 0.18, (100 − 9) × 0.75.
    check("aws-dynamodb-on-demand", Some("$18.75"));
    check("cockroachdb-basic", Some("$45.00"));
    check("upstash-redis", Some("$24.75"));
    check("supabase", Some("$11.50"));
    check("google-firestore", Some("$17.82"));
    check("turso", Some("$68.25"));
    check("aws-lambda", None);
}

#[test]
fn the_dearest_case_is_shown_with_the_cheapest() {
    let library = bundled();
    let flex = bill(
        service(&library, "azure-functions-flex-consumption"),
        &millions(100),
    )
    .expect("priced");
    // 39.90 + (5,000,000 − 100,000) × 0.000026 = 39.90 + 127.40.
    assert_eq!(
        flex.at_least.map(Money::exact_in_dollars).as_deref(),
        Some("$167.30")
    );
    let ranged = library
        .services()
        .filter(|s| bill(s, &millions(1)).is_ok_and(|b| b.at_least.is_some()));
    assert_eq!(
        ranged.map(|s| s.id.as_str()).collect::<Vec<_>>(),
        ["azure-functions-flex-consumption"]
    );
}

#[test]
fn storage_without_a_price_is_told() {
    let library = bundled();
    let check = |id: &str, gb: u64, expected: &[UncountedPart]| {
        let workload = millions(0).with(WorkloadField::Stored, gb);
        let bill = bill(service(&library, id), &workload).expect("priced");
        assert_eq!(
            (bill.gaps.as_slice(), bill.stored_gb),
            (expected, gb),
            "{id}"
        );
    };
    check("aws-neptune-serverless", 40, &[UncountedPart::Storage]);
    check("aws-neptune-serverless", 0, &[]);
    check("aws-dynamodb-on-demand", 40, &[]);
}

#[test]
fn what_has_ended_has_no_bill_of_today() {
    let library = bundled();
    let ended = service(&library, "aws-aurora-serverless-v1");
    let found = |on: Option<&str>| Tariff::on(ended, on.map(day)).map(|_| ());
    let retired = Err(NoBill::Retired(day("2025-03-31")));
    assert_eq!(found(None), retired);
    assert_eq!(found(Some("2025-04")), retired);
    assert_eq!(
        found(Some("2025-03")),
        Err(NoBill::NoRecord(day("2025-04")))
    );
}

#[test]
fn the_free_plan_ends_where_requests_are_refused() {
    let library = bundled();
    let free = service(&library, "cloudflare-workers-free");
    assert!(bill(free, &millions(3)).is_ok());
    assert_eq!(
        bill(free, &millions(100)).map(|b| b.sums),
        Err(NoBill::Ends(3_000_000))
    );
}

#[test]
fn every_idle_figure_is_the_bill_at_zero() {
    let library = bundled();
    for service in library.services().filter(|s| s.pricing.is_some()) {
        let told = Money::price(
            service
                .idle_usd_per_month
                .unwrap_or_else(|| panic!("{} has an idle figure", service.id)),
        );
        let idle = Tariff::of(service)
            .and_then(|t| t.idle())
            .unwrap_or_else(|why| panic!("{}: {why:?}", service.id));
        let apart = told.max(idle) - told.min(idle);
        assert!(
            apart <= Money::price(0.005),
            "{}: told {told:?}, computed {idle:?}",
            service.id
        );
        let at_zero = bill(
            service,
            &Workload::default().with(WorkloadField::Requests, 0),
        )
        .map(|b| b.sums.total);
        assert_eq!(at_zero, Ok(idle), "{}", service.id);
    }
}

#[test]
fn every_floor_says_how_it_combines_and_nothing_else_does() {
    let library = bundled();
    for service in library.services() {
        let Some(pricing) = &service.pricing else {
            continue;
        };
        let past = service.history.iter().flat_map(|state| &state.prices);
        let floor = past
            .chain(&pricing.prices)
            .any(|(p, _)| *p == Price::MinimumHourly);
        assert_eq!(pricing.floor.is_some(), floor, "{}", service.id);
    }
}

#[test]
fn what_is_not_counted_is_known() {
    let library = bundled();
    let with = |gap: UncountedPart| {
        let has = |s: &&Service| Tariff::of(s).is_ok_and(|t| t.gaps().any(|g| g == gap));
        library
            .services()
            .filter(has)
            .map(|s| s.id.as_str())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        with(UncountedPart::MoreUnits),
        ["aws-redshift-serverless", "confluent-cloud-basic"]
    );
    let idle_only = library
        .services()
        .filter(|s| bill(s, &millions(1)) == Err(NoBill::IdleOnly));
    assert_eq!(idle_only.count(), 0);
}

#[test]
fn bills_never_fall_as_requests_rise() {
    let library = bundled();
    for service in library.services() {
        let Ok(tariff) = Tariff::of(service) else {
            continue;
        };
        let mut last = tariff.idle().expect("idle is known");
        for n in (0..60).map(|n| 10u64.pow(n / 6) * u64::from(n % 6 + 1)) {
            let Ok(now) = tariff.total(
                &Workload::default()
                    .with(WorkloadField::Requests, n)
                    .with(WorkloadField::Peak, 4_000),
            ) else {
                continue;
            };
            assert!(last <= now, "{} at {n}: {last:?} then {now:?}", service.id);
            last = now;
        }
    }
}

#[test]
fn the_always_on_machine_is_the_one_everybody_knows() {
    assert_eq!(
        always_on(bundled().services()).map(|s| s.id.as_str()),
        Some("aws-ec2")
    );
}

mod pairs_tests;
