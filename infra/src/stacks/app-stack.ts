import type { Door } from '@gruppstart/contracts/roles';
import { CfnOutput, CfnParameter, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import {
  allowAudit,
  allowCore,
  allowObjects,
  allowOutboxSweep,
  allowSend,
  allowTaking,
  allowVault,
  type DataResources,
} from '../constructs/data-rights.ts';
import { DoorApi, type GatewayRoute } from '../constructs/door-api.ts';
import { NodeFunction } from '../constructs/node-function.ts';
import { SNAPSHOTS_PREFIX, UPLOADS_PREFIX } from '../constructs/private-bucket.ts';
import { QueueWorker } from '../constructs/queue-worker.ts';

export interface AppStackProps extends StackProps {
  readonly data: DataResources;
  readonly routes: readonly GatewayRoute[];
  readonly catchAllPaths: (door: Door) => readonly string[];
  readonly publicPaths: readonly string[];
  /** Where the build has put the bundles, one folder per function. */
  readonly functionsDir: string;
}

/** Doors at work in an office: short answers, or the gateway gives up after 30 s. */
const DOOR = { memoryMegabytes: 1024, timeoutSeconds: 15 } as const;

/** Queues, functions with a role each, the HTTP API with its doors, and the schedule. */
export class AppStack extends Stack {
  readonly doors: Readonly<Record<Door, NodeFunction>>;
  readonly docs: NodeFunction;
  readonly intakeWorker: QueueWorker;
  readonly matcher: QueueWorker;
  readonly outbox: NodeFunction;
  readonly grants: NodeFunction;
  readonly doorApi: DoorApi;

  constructor(scope: Construct, id: string, props: AppStackProps) {
    super(scope, id, props);
    const { data, functionsDir } = props;
    const logRetentionDays = new CfnParameter(this, 'LogRetentionDays', {
      description: 'Days that logs are kept; they hold ids, counts and states, never personal data',
      type: 'Number',
      default: RetentionDays.THREE_MONTHS,
      allowedValues: [1, 7, 14, 30, 60, 90, 180, 365, 400, 731].map(String),
    }).valueAsNumber;
    const common = { functionsDir, logRetentionDays };

    this.intakeWorker = new QueueWorker(this, 'IntakeWorker', {
      ...common,
      name: 'intake-worker',
      description: 'Takes the rows of a batch: each becomes a candidate and a referral, or a row error',
      memoryMegabytes: 1024,
      timeoutSeconds: 30,
      queueId: 'IntakeQueue',
      key: data.dataKey,
      batchSize: 5,
      maxConcurrency: 5,
    });
    this.matcher = new QueueWorker(this, 'Matcher', {
      ...common,
      name: 'matcher',
      description: 'Carries out a matching run: who fits where, and why',
      memoryMegabytes: 2048,
      timeoutSeconds: 60,
      queueId: 'MatchingQueue',
      key: data.dataKey,
      // One run fills the function; two at a time is the least that AWS takes.
      batchSize: 1,
      maxConcurrency: 2,
    });
    this.doors = {
      intake: new NodeFunction(this, 'IntakeApi', {
        ...common,
        ...DOOR,
        name: 'intake-api',
        description: 'The door of caseworkers: batches, candidates, referrals',
      }),
      requirements: new NodeFunction(this, 'RequirementsApi', {
        ...common,
        ...DOOR,
        name: 'requirements-api',
        description: 'The door of unit managers: units, places, requirement lists, answers',
      }),
      cohorts: new NodeFunction(this, 'CohortsApi', {
        ...common,
        ...DOOR,
        name: 'cohorts-api',
        description: 'The door of the resource centre: runs, decisions, cohorts, placements',
      }),
    };
    this.docs = new NodeFunction(this, 'Docs', {
      ...common,
      name: 'docs',
      description: 'The API description and its reference page, open to all',
      memoryMegabytes: 256,
      timeoutSeconds: 10,
    });
    this.outbox = new NodeFunction(this, 'Outbox', {
      ...common,
      name: 'outbox',
      description: 'Sends again what a crash left unsent',
      memoryMegabytes: 512,
      timeoutSeconds: 50,
      // Two sweeps at once would only send everything twice; the next minute is the retry.
      reservedConcurrency: 1,
      asyncRetries: 0,
    });
    this.grants = new NodeFunction(this, 'Grants', {
      ...common,
      name: 'grants',
      description: 'Gives and ends dated rights. Called by an administrator of the account, never over HTTP',
      memoryMegabytes: 512,
      timeoutSeconds: 30,
      asyncRetries: 0,
    });

    this.allowWork(data);
    this.scheduleOutbox();
    this.doorApi = new DoorApi(this, 'DoorApi', {
      routes: props.routes,
      catchAllPaths: props.catchAllPaths,
      publicPaths: props.publicPaths,
      doors: this.doors,
      docs: this.docs,
      logRetentionDays,
      requestsPerSecond: 200,
      burst: 400,
    });
    new CfnOutput(this, 'ApiAddress', { value: this.doorApi.api.apiEndpoint });
  }

  /** Who may do what. What is not said here is not allowed; `docs` is not here at all. */
  private allowWork(data: DataResources): void {
    const { intake, requirements, cohorts } = this.doors;
    const intakeQueue = this.intakeWorker.work.queue;
    const matchingQueue = this.matcher.work.queue;

    for (const fn of [intake, requirements, cohorts, this.intakeWorker, this.matcher, this.grants]) {
      allowCore(fn, data);
      allowAudit(fn, data);
    }
    allowOutboxSweep(this.outbox, data);

    allowObjects(intake, data, UPLOADS_PREFIX, ['s3:PutObject', 's3:GetObject', 's3:DeleteObject']);
    allowObjects(this.intakeWorker, data, UPLOADS_PREFIX, ['s3:GetObject', 's3:DeleteObject']);
    allowObjects(this.matcher, data, SNAPSHOTS_PREFIX, ['s3:PutObject', 's3:GetObject']);

    for (const fn of [intake, this.intakeWorker, this.outbox]) {
      allowSend(fn, data, intakeQueue, 'INTAKE_QUEUE_URL');
    }
    for (const fn of [cohorts, this.outbox]) allowSend(fn, data, matchingQueue, 'MATCHING_QUEUE_URL');
    for (const fn of [this.intakeWorker, this.matcher]) allowTaking(fn, data);

    for (const fn of [intake, this.intakeWorker]) allowVault(fn, data, 'seal-and-open', ['person', 'blind-index']);
    allowVault(cohorts, data, 'open', ['person']);
  }

  private scheduleOutbox(): void {
    new Rule(this, 'OutboxSchedule', {
      description: 'Every minute: look for messages that were not sent',
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [new LambdaFunction(this.outbox.function, { retryAttempts: 0, maxEventAge: Duration.minutes(1) })],
    });
  }
}
