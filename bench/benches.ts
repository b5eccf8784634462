import { batchBench } from './batch-bench.ts';
import type { Bench } from './bench.ts';
import { bundlesBench } from './bundles-bench.ts';
import { coldstartBench } from './coldstart/coldstart-bench.ts';
import { costBench } from './cost/cost-bench.ts';
import { demoBench } from './demo-bench.ts';
import { dynamodbBench } from './dynamodb-bench.ts';
import { assignmentBench } from './matching/assignment-bench.ts';
import { eligibilityBench } from './matching/eligibility-bench.ts';
import { lookAheadBench } from './matching/look-ahead/look-ahead-bench.ts';
import { matchingBench } from './matching/matching-bench.ts';
import { questionsBench } from './matching/questions-bench.ts';
import { memoryBench } from './memory-bench.ts';
import { overloadBench } from './overload/overload-bench.ts';
import { readBench } from './read/read-bench.ts';
import { startBench } from './start-bench.ts';

/** All benches, in the order in which they are run. */
export const BENCHES: readonly Bench[] = [
  bundlesBench,
  coldstartBench,
  matchingBench,
  assignmentBench,
  questionsBench,
  lookAheadBench,
  eligibilityBench,
  dynamodbBench,
  readBench,
  overloadBench,
  batchBench,
  startBench,
  memoryBench,
  demoBench,
  costBench,
];
