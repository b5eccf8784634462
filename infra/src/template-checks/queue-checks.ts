import { type Fault, faultAt, faultsOf, type TemplateCheck } from './template-check.ts';
import { fieldsAt, listOf, numberOf, type Placed, sameTarget, type TemplateView } from './template-view.ts';

const QUEUES = 'AWS::SQS::Queue';
const MAPPINGS = 'AWS::Lambda::EventSourceMapping';
const DAY_SECONDS = 24 * 3600;
const DEAD_LETTER_DAYS = 14;
/** Once is no second chance, and after five tries what fails will fail again. */
const TRIES = { least: 2, most: 5 } as const;
/** What AWS asks for, so that a slow batch is not handed out twice. */
const VISIBILITY_PER_TIMEOUT = 6;

const deadLettersOf = (view: TemplateView, queue: Placed): Placed | null =>
  view.resource(queue, fieldsAt(queue.properties, 'RedrivePolicy').deadLetterTargetArn);

/** Queues that others put their dead letters in. */
const deadLetterQueues = (view: TemplateView): readonly Placed[] => {
  const targets = view.all(QUEUES).map((queue) => deadLettersOf(view, queue));
  return view.all(QUEUES).filter((queue) => targets.some((target) => sameTarget(target, queue)));
};

const workQueues = (view: TemplateView): readonly Placed[] => {
  const dead = deadLetterQueues(view);
  return view.all(QUEUES).filter((queue) => !dead.includes(queue));
};

const takersOf = (view: TemplateView, queue: Placed): readonly Placed[] =>
  view.all(MAPPINGS).filter((mapping) => sameTarget(view.target(mapping, mapping.properties.EventSourceArn), queue));

const queueRedrive: TemplateCheck = {
  name: 'queue-redrive',
  remedy:
    'A message that always fails is tried for days and then lost without a word. Give the queue a dead-letter queue and two to five tries.',
  faults: (view) =>
    faultsOf(workQueues(view), (queue) => {
      if (deadLettersOf(view, queue)?.type !== QUEUES) return 'no dead-letter queue';
      const tries = numberOf(fieldsAt(queue.properties, 'RedrivePolicy').maxReceiveCount) ?? 0;
      return (tries < TRIES.least || tries > TRIES.most) && `${tries} tries`;
    }),
};

const deadLettersKept: TemplateCheck = {
  name: 'dead-letters-kept',
  remedy:
    'What was put aside is gone before anybody is back from leave. Keep dead letters for 14 days; their age counts from the first sending.',
  faults: (view) =>
    faultsOf(deadLetterQueues(view), ({ properties }) => {
      const seconds = numberOf(properties.MessageRetentionPeriod) ?? 4 * DAY_SECONDS;
      return seconds < DEAD_LETTER_DAYS * DAY_SECONDS && `${Math.floor(seconds / DAY_SECONDS)} days`;
    }),
};

const queueVisibility: TemplateCheck = {
  name: 'queue-visibility',
  remedy:
    'A message that becomes visible while it is still worked on is worked on twice. Hide it for at least six times the timeout of its function.',
  faults: (view) =>
    workQueues(view).flatMap((queue) =>
      takersOf(view, queue).flatMap((mapping): readonly Fault[] => {
        const timeout = numberOf(view.resource(mapping, mapping.properties.FunctionName)?.properties.Timeout) ?? 0;
        const visibility = numberOf(queue.properties.VisibilityTimeout) ?? 30;
        return timeout > 0 && visibility >= VISIBILITY_PER_TIMEOUT * timeout
          ? []
          : [faultAt(queue, `hidden for ${visibility} s, the function may take ${timeout} s`)];
      }),
    ),
};

const queueTaken: TemplateCheck = {
  name: 'queue-taken',
  remedy:
    'Messages that nobody takes from a queue, or that two functions take, have no effect or two. Give each queue exactly one mapping.',
  faults: (view) => [
    ...faultsOf(workQueues(view), (queue) => {
      const count = takersOf(view, queue).length;
      return count !== 1 && `${count} mappings`;
    }),
    ...faultsOf(deadLetterQueues(view), (queue) => takersOf(view, queue).length > 0 && 'dead letters are taken'),
  ],
};

const mappingAnswersPerMessage: TemplateCheck = {
  name: 'mapping-answers-per-message',
  remedy:
    'One bad message makes the whole batch come back, and the good ones are done again. Let the mapping report batch item failures.',
  faults: (view) =>
    faultsOf(
      view.all(MAPPINGS),
      ({ properties }) =>
        !listOf(properties.FunctionResponseTypes).includes('ReportBatchItemFailures') && 'a batch fails as a whole',
    ),
};

const mappingBounded: TemplateCheck = {
  name: 'mapping-bounded',
  remedy:
    'A thousand files at once would take every execution of the account and leave none for the doors. Set the highest concurrency, and reserve at least as many for the function.',
  faults: (view) =>
    faultsOf(view.all(MAPPINGS), (mapping) => {
      const most = numberOf(fieldsAt(mapping.properties, 'ScalingConfig').MaximumConcurrency);
      if (most === null) return 'no highest concurrency';
      const fn = view.resource(mapping, mapping.properties.FunctionName);
      const reserved = numberOf(fn?.properties.ReservedConcurrentExecutions);
      return reserved !== null && reserved < most && `${most} at once, ${reserved} reserved`;
    }),
};

const deadLettersWatched: TemplateCheck = {
  name: 'dead-letters-watched',
  remedy:
    'What was put aside waits for a person, and nobody knows. Let an alarm sound at the first message of each dead-letter queue.',
  faults: (view) =>
    faultsOf(deadLetterQueues(view), (queue) => {
      const alarms = view
        .all('AWS::CloudWatch::Alarm')
        .filter(
          (alarm) =>
            alarm.properties.MetricName === 'ApproximateNumberOfMessagesVisible' &&
            numberOf(alarm.properties.Threshold) === 1 &&
            listOf(alarm.properties.Dimensions).some((dimension) =>
              sameTarget(view.target(alarm, fieldsAt({ dimension }, 'dimension').Value), queue),
            ),
        );
      return alarms.length === 0 && 'no alarm';
    }),
};

export const QUEUE_CHECKS: readonly TemplateCheck[] = [
  queueRedrive,
  deadLettersKept,
  queueVisibility,
  queueTaken,
  mappingAnswersPerMessage,
  mappingBounded,
  deadLettersWatched,
];
