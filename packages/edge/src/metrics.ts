/** Where CloudWatch files our figures. */
export const METRIC_NAMESPACE = 'Gruppstart';

/**
 * The figures that lines of the log carry, with CloudWatch's unit. `service` is their only dimension: every further one
 * would be a metric of its own, and paid for as one. What else a line holds can be searched for in the log.
 */
export const METRICS = {
  /** From the moment a run's message was taken until its result was kept. Deliveries that found it made count nothing. */
  RunDurationMs: 'Milliseconds',
  /** People in the snapshot of a run. */
  RunCandidates: 'Count',
  /** Places in the snapshot of a run. */
  RunPlaces: 'Count',
  /** Rows that this message settled as a person, new or known. */
  RowsTaken: 'Count',
  /** Rows that this message settled with a row error. */
  RowsRefused: 'Count',
  /** How long a message had waited since it was sent, whatever became of it. */
  QueueAgeMs: 'Milliseconds',
  /** Messages that a sweep found and could not send. */
  OutboxLeft: 'Count',
  /** Messages that a sweep found unsent and sent. */
  OutboxSent: 'Count',
  /** Answers of a door that are problem documents; the line's `code` says which. */
  Refusals: 'Count',
} as const satisfies Readonly<Record<string, 'Count' | 'Milliseconds'>>;

export type MetricName = keyof typeof METRICS;
export type Figures = Readonly<Partial<Record<MetricName, number>>>;

/**
 * The members that make a line of the log a measurement too, by CloudWatch's embedded metric format; nothing where
 * there is no figure. The line itself must have the dimension, `service`. What is no finite number is left out: JSON
 * would make null of it, and CloudWatch would drop the whole line.
 */
export const metricMembers = (figures: Figures, epochMilliseconds: number): Readonly<Record<string, unknown>> => {
  const values: Readonly<Record<string, number | undefined>> = figures;
  const measured = Object.entries(METRICS).filter(([name]) => Number.isFinite(values[name]));
  if (measured.length === 0) return {};
  return {
    ...Object.fromEntries(measured.map(([name]) => [name, values[name]])),
    _aws: {
      Timestamp: epochMilliseconds,
      CloudWatchMetrics: [
        {
          Namespace: METRIC_NAMESPACE,
          Dimensions: [['service']],
          Metrics: measured.map(([Name, Unit]) => ({ Name, Unit })),
        },
      ],
    },
  };
};
