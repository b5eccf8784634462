import * as z from 'zod';

/**
 * A line in CloudWatch's embedded metric format, as the specification of the format describes it ("Embedded metric
 * format document structure" and the schema beneath it). Written from the specification and not from our writer, so
 * that the two can differ.
 */
const UNITS = [
  ...['Seconds', 'Microseconds', 'Milliseconds', 'Bytes', 'Kilobytes', 'Megabytes', 'Gigabytes', 'Terabytes', 'Bits'],
  ...['Kilobits', 'Megabits', 'Gigabits', 'Terabits', 'Percent', 'Count', 'Bytes/Second', 'Kilobytes/Second'],
  ...['Megabytes/Second', 'Gigabytes/Second', 'Terabytes/Second', 'Bits/Second', 'Kilobits/Second'],
  ...['Megabits/Second', 'Gigabits/Second', 'Terabits/Second', 'Count/Second', 'None'],
] as const;

const MetricDefinition = z.object({
  Name: z.string().min(1).max(1024),
  Unit: z.enum(UNITS).optional(),
  StorageResolution: z.literal([1, 60]).optional(),
});

const MetricDirective = z.object({
  Namespace: z.string().min(1).max(255),
  Dimensions: z.array(z.array(z.string().min(1).max(250)).min(1).max(30)).min(1),
  Metrics: z.array(MetricDefinition).max(100),
});

const Metadata = z.object({ Timestamp: z.int().min(1_000_000_000_000), CloudWatchMetrics: z.array(MetricDirective) });

const Value = z.union([z.number(), z.array(z.number()).max(100)]);
/** A dimension's value is a text; CloudWatch takes no blank ones and none beyond ASCII. */
const DimensionValue = z
  .string()
  .regex(/^[\x20-\x7e]*[\x21-\x7e][\x20-\x7e]*$/)
  .max(1024);

const MAX_EVENT_BYTES = 256 * 1024;

/** What is wrong with a line as a measurement; nothing for a right one. A line without `_aws` is no measurement. */
export const metricFaults = (line: string): readonly string[] => {
  if (line.includes('\n')) return ['more than one line'];
  if (Buffer.byteLength(line) > MAX_EVENT_BYTES) return ['larger than an event of the log'];
  const root = z.record(z.string(), z.unknown()).parse(JSON.parse(line));
  const metadata = Metadata.safeParse(root._aws);
  if (!metadata.success) return metadata.error.issues.map(({ path, message }) => `_aws/${path.join('/')}: ${message}`);
  return metadata.data.CloudWatchMetrics.flatMap(({ Dimensions, Metrics }) => [
    // Each points at a member of the root: without it CloudWatch takes nothing from the line.
    ...Dimensions.flat().flatMap((name) => (DimensionValue.safeParse(root[name]).success ? [] : [`dimension ${name}`])),
    ...Metrics.flatMap(({ Name }) => (Value.safeParse(root[Name]).success ? [] : [`metric ${Name}`])),
    ...(new Set(Metrics.map(({ Name }) => Name)).size === Metrics.length ? [] : ['a metric twice']),
  ]);
};

const Measured = z.object({
  service: z.string(),
  _aws: z.object({ CloudWatchMetrics: z.array(MetricDirective) }),
});

/** The figures of a line by name; none for a line that measures nothing. */
export const figuresIn = (line: Readonly<Record<string, unknown>>): Readonly<Record<string, number>> => {
  const measured = Measured.safeParse(line);
  if (!measured.success) return {};
  const names = measured.data._aws.CloudWatchMetrics.flatMap(({ Metrics }) => Metrics.map(({ Name }) => Name));
  return Object.fromEntries(names.map((name) => [name, z.number().parse(line[name])]));
};
