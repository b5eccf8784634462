import type { Door } from '@gruppstart/contracts/roles';
import { CfnCondition, CfnOutput, CfnParameter, Duration, Fn, Stack, type StackProps } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import {
  allowAudit,
  allowCore,
  allowCoreChecks,
  allowCorePuts,
  allowErasureLedger,
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
import { PUBLIC_THROTTLE, RESERVED, ROUTE_THROTTLES, STAGE_THROTTLE, UNRESERVED_AT_LEAST } from './capacity.ts';

export interface AppStackProps extends StackProps {
  readonly data: DataResources;
  readonly routes: readonly GatewayRoute[];
  readonly catchAllPaths: (door: Door) => readonly string[];
  readonly publicPaths: readonly string[];
  /** Where the build has put the bundles, one folder per function. */
  readonly functionsDir: string;
  /** Name of the restored table that `data` has in place of `core`; the functions are told that it is one. */
  readonly restoredCoreTable?: string;
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
  readonly restore: NodeFunction;
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
    const whenReserving = this.askToReserve();
    const common = (name: keyof typeof RESERVED) => ({
      name,
      functionsDir,
      logRetentionDays,
      whenReserving,
      reservedConcurrency: RESERVED[name],
    });

    this.intakeWorker = new QueueWorker(this, 'IntakeWorker', {
      ...common('intake-worker'),
      description: 'Takes the rows of a batch: each becomes a candidate and a referral, or a row error',
      memoryMegabytes: 1024,
      timeoutSeconds: 30,
      queueId: 'IntakeQueue',
      key: data.dataKey,
      batchSize: 5,
      maxConcurrency: 5,
    });
    this.matcher = new QueueWorker(this, 'Matcher', {
      ...common('matcher'),
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
        ...common('intake-api'),
        ...DOOR,
        description: 'The door of caseworkers: batches, candidates, referrals',
      }),
      requirements: new NodeFunction(this, 'RequirementsApi', {
        ...common('requirements-api'),
        ...DOOR,
        description: 'The door of unit managers: units, places, requirement lists, answers',
      }),
      cohorts: new NodeFunction(this, 'CohortsApi', {
        ...common('cohorts-api'),
        ...DOOR,
        description: 'The door of the resource centre: runs, decisions, cohorts, placements',
      }),
    };
    this.docs = new NodeFunction(this, 'Docs', {
      ...common('docs'),
      description: 'The API description and its reference page, open to all',
      memoryMegabytes: 256,
      timeoutSeconds: 10,
    });
    this.outbox = new NodeFunction(this, 'Outbox', {
      ...common('outbox'),
      description: 'Sends again what a crash left unsent',
      memoryMegabytes: 512,
      timeoutSeconds: 50,
      asyncRetries: 0,
    });
    this.grants = new NodeFunction(this, 'Grants', {
      ...common('grants'),
      description: 'Gives and ends dated rights. Called by an administrator of the account, never over HTTP',
      memoryMegabytes: 512,
      timeoutSeconds: 30,
      asyncRetries: 0,
    });

    this.restore = new NodeFunction(this, 'Restore', {
      ...common('restore'),
      description:
        'Erases again on a restored table whom the ledger names. Called by an administrator, never over HTTP',
      memoryMegabytes: 512,
      timeoutSeconds: 300,
      asyncRetries: 0,
    });

    this.allowWork(data);
    if (props.restoredCoreTable !== undefined) this.tellOfRestoredTable(props.restoredCoreTable);
    this.scheduleOutbox();
    this.doorApi = new DoorApi(this, 'DoorApi', {
      routes: props.routes,
      catchAllPaths: props.catchAllPaths,
      publicPaths: props.publicPaths,
      doors: this.doors,
      docs: this.docs,
      logRetentionDays,
      stageThrottle: STAGE_THROTTLE,
      routeThrottles: ROUTE_THROTTLES,
      publicThrottle: PUBLIC_THROTTLE,
    });
    new CfnOutput(this, 'ApiAddress', { value: this.doorApi.api.apiEndpoint });
  }

  /** A restored table opens when the erasures made since have been replayed on it; whoever is told of it asks first. */
  private tellOfRestoredTable(tableName: string): void {
    for (const fn of this.functions()) {
      if (fn !== this.docs) fn.setEnvironment({ CORE_TABLE_RESTORED: tableName });
    }
  }

  /** All functions, doors first. */
  functions(): readonly NodeFunction[] {
    const byOperators = [this.grants, this.restore];
    return [...Object.values(this.doors), this.docs, this.intakeWorker, this.matcher, this.outbox, ...byOperators];
  }

  /** An account with the starting quota of ten executions has none to set aside, and refuses to try. */
  private askToReserve(): CfnCondition {
    const needed = Object.values(RESERVED).reduce((sum, each) => sum + each, UNRESERVED_AT_LEAST);
    const reserve = new CfnParameter(this, 'ReserveConcurrency', {
      description: `Set executions aside for each function, so that none can starve the others. The account needs a quota of at least ${needed}; no: an account that has not yet got it`,
      default: 'yes',
      allowedValues: ['yes', 'no'],
    });
    return new CfnCondition(this, 'ReservesConcurrency', {
      expression: Fn.conditionEquals(reserve.valueAsString, 'yes'),
    });
  }

  /** Who may do what. What is not said here is not allowed; `docs` is not here at all. */
  private allowWork(data: DataResources): void {
    const { intake, requirements, cohorts } = this.doors;
    const intakeQueue = this.intakeWorker.work.queue;
    const matchingQueue = this.matcher.work.queue;

    for (const fn of [intake, requirements, cohorts, this.intakeWorker, this.matcher, this.restore]) {
      allowCore(fn, data);
      allowAudit(fn, data);
    }
    for (const fn of [cohorts, this.intakeWorker]) allowCoreChecks(fn, data);
    allowCorePuts(this.grants, data);
    allowAudit(this.grants, data);
    allowErasureLedger(this.restore, data);
    allowOutboxSweep(this.outbox, data);

    allowObjects(intake, data, UPLOADS_PREFIX, ['s3:PutObject', 's3:DeleteObject']);
    allowObjects(this.intakeWorker, data, UPLOADS_PREFIX, ['s3:GetObject', 's3:DeleteObject']);
    allowObjects(this.matcher, data, SNAPSHOTS_PREFIX, ['s3:PutObject', 's3:GetObject']);

    for (const fn of [intake, this.intakeWorker, this.outbox]) {
      allowSend(fn, data, intakeQueue, 'INTAKE_QUEUE_URL');
    }
    for (const fn of [requirements, cohorts, this.outbox]) allowSend(fn, data, matchingQueue, 'MATCHING_QUEUE_URL');
    for (const fn of [this.intakeWorker, this.matcher]) allowTaking(fn, data);

    allowVault(this.intakeWorker, data, 'seal-and-open', ['person', 'blind-index']);
    for (const fn of [intake, cohorts]) allowVault(fn, data, 'open', ['person']);
    // What a unit is told is sealed at one door and opened at the other, which can open nothing else.
    allowVault(cohorts, data, 'seal', ['disclosure']);
    allowVault(requirements, data, 'open', ['disclosure']);
  }

  private scheduleOutbox(): void {
    new Rule(this, 'OutboxSchedule', {
      description: 'Every minute: look for messages that were not sent',
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [new LambdaFunction(this.outbox.function, { retryAttempts: 0, maxEventAge: Duration.minutes(1) })],
    });
  }
}
