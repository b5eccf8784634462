import { CfnParameter, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import {
  Dashboard,
  GraphWidget,
  type IMetric,
  Metric,
  type MetricOptions,
  Stats,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { type Impact, ImpactAlarm, type ImpactAlarmProps } from '../constructs/impact-alarm.ts';
import type { NodeFunction } from '../constructs/node-function.ts';
import type { QueueWorker } from '../constructs/queue-worker.ts';
import type { AppStack } from './app-stack.ts';

export interface OpsStackProps extends StackProps {
  readonly app: AppStack;
}

const MINUTE = { period: Duration.minutes(1) } as const;
const FIVE_MINUTES = { period: Duration.minutes(5) } as const;

/** Where the functions file the figures that their log lines carry; their only dimension is `service`. */
export const METRIC_NAMESPACE = 'Gruppstart';

/** A run that takes longer is near the 60 s after which the matcher is stopped, and the run with it. */
const SLOW_RUN_MS = 45_000;

const ERROR_IMPACTS: Readonly<Record<string, Impact>> = {
  'intake-api': {
    sv: 'Handläggare får fel när de skickar eller läser kandidater. Inget av det som redan tagits emot är borta.',
    en: 'Caseworkers get errors when they send or read candidates. Nothing already received is lost.',
  },
  'requirements-api': {
    sv: 'Enhetschefer får fel när de lämnar kravlistor eller svar. De behöver försöka igen.',
    en: 'Unit managers get errors when they state requirements or answer. They have to try again.',
  },
  'cohorts-api': {
    sv: 'Resurscentrum får fel när de planerar starter, beslutar eller publicerar.',
    en: 'The resource centre gets errors when planning starts, deciding or publishing.',
  },
  docs: {
    sv: 'API-beskrivningen går inte att läsa. Ingen handläggning påverkas.',
    en: 'The API description cannot be read. No casework is affected.',
  },
  'intake-worker': {
    sv: 'Rader i inskickade filer blir liggande. De tas om tre gånger och läggs sedan åt sidan för en människa.',
    en: 'Rows of files sent in are left waiting. They are tried three times and then put aside for a person.',
  },
  matcher: {
    sv: 'En beställd matchning blir inte klar. Kandidaterna väntar utan förslag tills den körs om.',
    en: 'An ordered matching run does not finish. Candidates wait without proposals until it is run again.',
  },
  outbox: {
    sv: 'Det som blev osänt efter ett avbrott sänds inte om. Filer eller matchningar kan bli liggande.',
    en: 'What was left unsent by a crash is not sent again. Files or runs may be left waiting.',
  },
  grants: {
    sv: 'En ändring av behörigheter gick inte igenom. Den som skulle få eller förlora en behörighet har den gamla kvar.',
    en: 'A change of rights did not go through. Whoever was to gain or lose a right still has the old ones.',
  },
  restore: {
    sv: 'Raderingarna kunde inte göras om på den återställda tabellen. Alla ingångar är stängda tills det är gjort.',
    en: 'The erasures could not be made again on the restored table. All doors are shut until that is done.',
  },
};

const impactOfErrors = (fn: NodeFunction): Impact => {
  const impact = ERROR_IMPACTS[fn.name];
  if (impact === undefined) throw new Error(`Say what it means for people when ${fn.name} fails`);
  return impact;
};

/** Alarms that say who is affected, the topic they go to, and one page with the state of everything. */
export class OpsStack extends Stack {
  private readonly topic: Topic;

  constructor(scope: Construct, id: string, props: OpsStackProps) {
    super(scope, id, props);
    const { app } = props;
    const email = new CfnParameter(this, 'AlarmEmail', {
      description: 'Address that alarms are sent to; the receiver has to confirm once',
      allowedPattern: '^[^@ ]+@[^@ ]+$',
    });
    // Not encrypted with a key of ours: alarm texts are those of this file, and CloudWatch would need the data key.
    this.topic = new Topic(this, 'Alarms', { displayName: 'Gruppstart', enforceSSL: true });
    this.topic.addSubscription(new EmailSubscription(email.valueAsString));

    const functions = app.functions();
    for (const fn of functions) this.watchFunction(fn);
    this.watchQueue(app.intakeWorker, 300, {
      deadLetters: {
        sv: 'Delar av en inskickad fil gick inte att ta emot trots tre försök. Personerna i dem saknas i nästa matchning.',
        en: 'Parts of a file could not be taken in three tries. The people in them are missing from the next run.',
      },
      age: {
        sv: 'Inskickade filer har väntat i mer än fem minuter. Handläggare ser ännu inget svar.',
        en: 'Files sent in have waited over five minutes. Caseworkers see no answer yet.',
      },
    });
    this.watchQueue(app.matcher, 900, {
      deadLetters: {
        sv: 'En matchning misslyckades tre gånger. Starten har inga förslag att besluta om.',
        en: 'A matching run failed three times. The start has no proposals to decide on.',
      },
      age: {
        sv: 'En beställd matchning har väntat i mer än en kvart.',
        en: 'An ordered matching run has waited over a quarter of an hour.',
      },
    });
    this.watchApi(app);
    this.watchRuns(app);
    this.watchOutbox(app);
    this.addDashboard(app, functions);
  }

  private alarm(id: string, props: Omit<ImpactAlarmProps, 'topic'>): void {
    new ImpactAlarm(this, id, { ...props, topic: this.topic });
  }

  private watchFunction(fn: NodeFunction): void {
    this.alarm(`${fn.node.id}Errors`, {
      metric: fn.function.metricErrors({ ...FIVE_MINUTES, statistic: Stats.SUM }),
      from: 1,
      impact: impactOfErrors(fn),
    });
    this.alarm(`${fn.node.id}Throttles`, {
      metric: fn.function.metricThrottles({ ...FIVE_MINUTES, statistic: Stats.SUM }),
      from: 1,
      periods: 2,
      impact: {
        sv: `Anrop till ${fn.name} avvisas för att för många körs samtidigt i kontot. Användare väntar eller får försöka igen.`,
        en: `Calls to ${fn.name} are turned away: too many run at once in the account. Users wait or have to retry.`,
      },
    });
  }

  private watchQueue(
    worker: QueueWorker,
    ageSeconds: number,
    impact: { readonly deadLetters: Impact; readonly age: Impact },
  ): void {
    this.alarm(`${worker.node.id}DeadLetters`, {
      metric: worker.work.deadLetters.metricApproximateNumberOfMessagesVisible({ ...MINUTE, statistic: Stats.MAXIMUM }),
      from: 1,
      impact: impact.deadLetters,
    });
    this.alarm(`${worker.node.id}Waiting`, {
      metric: worker.work.queue.metricApproximateAgeOfOldestMessage({ ...MINUTE, statistic: Stats.MAXIMUM }),
      from: ageSeconds,
      impact: impact.age,
    });
  }

  private watchApi(app: AppStack): void {
    this.alarm('ApiServerErrors', {
      metric: app.doorApi.api.metricServerError({ ...FIVE_MINUTES, statistic: Stats.SUM }),
      from: 1,
      impact: {
        sv: 'Någon fick ett serverfel. Det som skickades med Idempotency-Key kan tryggt skickas igen.',
        en: 'Somebody got a server error. What was sent with an Idempotency-Key can safely be sent again.',
      },
    });
  }

  /** One of the figures that a function writes in its log lines, in CloudWatch's embedded metric format. */
  private figure(fn: NodeFunction, metricName: string, more: MetricOptions): Metric {
    return new Metric({
      namespace: METRIC_NAMESPACE,
      metricName,
      dimensionsMap: { service: fn.name },
      ...more,
    });
  }

  private watchRuns(app: AppStack): void {
    this.alarm('MatcherSlowRuns', {
      metric: this.figure(app.matcher, 'RunDurationMs', { ...FIVE_MINUTES, statistic: Stats.MAXIMUM }),
      from: SLOW_RUN_MS,
      impact: {
        sv: 'En matchning tog mer än tre fjärdedelar av tiden den får ta. Blir nästa större avbryts den, och starten får inga förslag.',
        en: 'A matching run took over three quarters of its time. A larger one will be cut off, and the start gets no proposals.',
      },
    });
  }

  private watchOutbox(app: AppStack): void {
    this.alarm('OutboxLag', {
      metric: this.figure(app.outbox, 'OutboxLeft', { ...MINUTE, statistic: Stats.MAXIMUM }),
      from: 1,
      periods: 5,
      impact: {
        sv: 'Meddelanden har legat osända i minst fem minuter. Filer tas inte emot och matchningar börjar inte.',
        en: 'Messages have been unsent for at least five minutes. Files are not taken and runs do not begin.',
      },
    });
    this.alarm('OutboxSilent', {
      metric: app.outbox.function.metricInvocations({ ...FIVE_MINUTES, statistic: Stats.SUM }),
      from: 1,
      when: 'below',
      silenceIsFault: true,
      impact: impactOfErrors(app.outbox),
    });
  }

  private addDashboard(app: AppStack, functions: readonly NodeFunction[]): void {
    const graph = (title: string, left: IMetric[]) => new GraphWidget({ title, left, width: 12 });
    const queues = [app.intakeWorker.work, app.matcher.work];
    new Dashboard(this, 'Dashboard', {
      widgets: [
        [
          new TextWidget({
            markdown: '# Gruppstart\nKöer, dörrar och arbetare · Queues, doors and workers',
            width: 24,
          }),
        ],
        [
          graph(
            'Väntar i kö (s) · Waiting (s)',
            queues.map(({ queue }) => queue.metricApproximateAgeOfOldestMessage(MINUTE)),
          ),
          graph(
            'Åt sidan · Put aside',
            queues.map(({ deadLetters }) => deadLetters.metricApproximateNumberOfMessagesVisible(MINUTE)),
          ),
        ],
        [
          graph(
            'Väntan när ett meddelande togs, p95 (ms) · Wait until taken, p95 (ms)',
            [app.intakeWorker, app.matcher].map((fn) =>
              this.figure(fn, 'QueueAgeMs', { ...FIVE_MINUTES, statistic: 'p95', label: fn.name }),
            ),
          ),
          graph('Osänt · Unsent', [
            this.figure(app.outbox, 'OutboxLeft', { ...MINUTE, statistic: Stats.MAXIMUM }),
            this.figure(app.outbox, 'OutboxSent', { ...MINUTE, statistic: Stats.SUM }),
          ]),
        ],
        [
          graph('Rader · Rows', [
            this.figure(app.intakeWorker, 'RowsTaken', { ...FIVE_MINUTES, statistic: Stats.SUM }),
            this.figure(app.intakeWorker, 'RowsRefused', { ...FIVE_MINUTES, statistic: Stats.SUM }),
          ]),
          graph(
            'Matchning (ms) · Run (ms)',
            ['p50', Stats.MAXIMUM].map((statistic) =>
              this.figure(app.matcher, 'RunDurationMs', { ...FIVE_MINUTES, statistic, label: statistic }),
            ),
          ),
        ],
        [
          graph(
            'Fel · Errors',
            functions.map((fn) => fn.function.metricErrors(FIVE_MINUTES)),
          ),
          graph(
            'Tid p95 (ms) · Duration p95 (ms)',
            functions.map((fn) => fn.function.metricDuration({ ...FIVE_MINUTES, statistic: 'p95' })),
          ),
        ],
        [
          graph('Anrop · Requests', [
            app.doorApi.api.metricCount(FIVE_MINUTES),
            app.doorApi.api.metricServerError(FIVE_MINUTES),
          ]),
          graph('Svarstid p95 (ms) · Latency p95 (ms)', [
            app.doorApi.api.metricLatency({ ...FIVE_MINUTES, statistic: 'p95' }),
          ]),
        ],
      ],
    });
  }
}
