import { join } from 'node:path';
import type { CloudAssembly } from './assembly.ts';
import type {
  BucketModel,
  FunctionModel,
  KeyModel,
  LaptopModel,
  MappingModel,
  QueueModel,
  ScheduleModel,
} from './model.ts';
import { readApi } from './read-api.ts';
import { readTable } from './read-table.ts';
import { functionNameOfArn, type LaptopSettings, type Resource, resolveResources } from './resources.ts';
import { type FieldReader, TemplateError } from './template-value.ts';

/**
 * Turns a cloud assembly into what the laptop starts. Throws TemplateError, naming the stack and resource, for anything
 * that AWS would honour and the laptop would not.
 */
export function readModel(assembly: CloudAssembly, settings: LaptopSettings): LaptopModel {
  const resources = resolveResources(assembly, settings);
  const ofType = (...types: readonly string[]): readonly Resource[] =>
    resources.filter(({ type }) => types.includes(type));
  const model: LaptopModel = {
    tables: ofType('AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable').map(readTable),
    queues: ofType('AWS::SQS::Queue').map((resource) => readQueue(resource, settings)),
    functions: ofType('AWS::Lambda::Function').map((resource) => readFunction(resource, assembly, settings)),
    mappings: ofType('AWS::Lambda::EventSourceMapping')
      .map(readMapping)
      .filter((mapping) => mapping !== null),
    api: readApi(ofType),
    schedules: [
      ...ofType('AWS::Events::Rule').map((resource) => readRule(resource, settings)),
      ...ofType('AWS::Scheduler::Schedule').map((resource) => readSchedule(resource, settings)),
    ].filter((schedule) => schedule !== null),
    buckets: ofType('AWS::S3::Bucket').map(({ physicalName }): BucketModel => ({ name: physicalName })),
    keys: ofType('AWS::KMS::Key').map(
      ({ physicalName }): KeyModel => ({
        keyId: physicalName,
        arn: `arn:aws:kms:${settings.region}:${settings.accountId}:key/${physicalName}`,
      }),
    ),
  };
  checkTargets(model);
  return model;
}

function readQueue({ physicalName, properties }: Resource, { region, accountId }: LaptopSettings): QueueModel {
  const fields = properties();
  if (fields.raw('FifoQueue') === true) throw new TemplateError(`${fields.place}: the laptop has no FIFO queues`);
  const redrive = fields.optionalObject('RedrivePolicy');
  return {
    name: physicalName,
    arn: `arn:aws:sqs:${region}:${accountId}:${physicalName}`,
    visibilityTimeoutSeconds: fields.optionalNumber('VisibilityTimeout') ?? 30,
    retentionSeconds: fields.optionalNumber('MessageRetentionPeriod') ?? 345_600,
    delaySeconds: fields.optionalNumber('DelaySeconds') ?? 0,
    redrive:
      redrive === null
        ? null
        : { targetArn: redrive.string('deadLetterTargetArn'), maxReceiveCount: redrive.number('maxReceiveCount') },
  };
}

function readFunction(
  { physicalName, properties }: Resource,
  assembly: CloudAssembly,
  { region, accountId }: LaptopSettings,
): FunctionModel {
  const fields = properties();
  const runtime = fields.string('Runtime');
  if (!runtime.startsWith('nodejs')) throw new TemplateError(`${fields.place}: the laptop cannot run ${runtime}`);
  if (fields.objects('FileSystemConfigs').length > 0 || fields.strings('Layers').length > 0) {
    throw new TemplateError(`${fields.place}: the laptop has neither layers nor file systems`);
  }
  const objectKey = fields.object('Code').string('S3Key');
  const codeDirectory = assembly.assetPaths.get(objectKey);
  if (codeDirectory === undefined)
    throw new TemplateError(`${fields.place}: no asset in the assembly has the key ${objectKey}`);
  return {
    name: physicalName,
    arn: `arn:aws:lambda:${region}:${accountId}:function:${physicalName}`,
    codeDirectory,
    handler: fields.string('Handler'),
    memoryMb: fields.optionalNumber('MemorySize') ?? 128,
    timeoutSeconds: fields.optionalNumber('Timeout') ?? 3,
    environment: fields.optionalObject('Environment')?.texts('Variables') ?? {},
    reservedConcurrency: fields.optionalNumber('ReservedConcurrentExecutions'),
  };
}

function readMapping({ properties }: Resource): MappingModel | null {
  const fields = properties();
  if (fields.raw('Enabled') === false) return null;
  if (fields.has('FilterCriteria')) throw new TemplateError(`${fields.place}: the laptop has no filter criteria`);
  const source = fields.string('EventSourceArn');
  if (!source.includes(':sqs:')) throw new TemplateError(`${fields.place}: the laptop maps queues only, not ${source}`);
  const name = fields.string('FunctionName');
  return {
    queueArn: source,
    functionName: name.startsWith('arn:') ? functionNameOfArn(name) : name,
    batchSize: fields.optionalNumber('BatchSize') ?? 10,
    windowSeconds: fields.optionalNumber('MaximumBatchingWindowInSeconds') ?? 0,
    reportsBatchItemFailures: fields.strings('FunctionResponseTypes').includes('ReportBatchItemFailures'),
    maximumConcurrency: fields.optionalObject('ScalingConfig')?.optionalNumber('MaximumConcurrency') ?? null,
  };
}

function readRule({ physicalName, properties }: Resource, { region, accountId }: LaptopSettings): ScheduleModel | null {
  const fields = properties();
  if (fields.raw('State') === 'DISABLED') return null;
  if (fields.has('EventPattern'))
    throw new TemplateError(`${fields.place}: the laptop has schedules, not event patterns`);
  const target = onlyTarget(fields);
  if (target.has('InputTransformer') || target.has('InputPath')) {
    throw new TemplateError(`${target.place}: the laptop does not transform the input of a schedule`);
  }
  return {
    name: physicalName,
    arn: `arn:aws:events:${region}:${accountId}:rule/${physicalName}`,
    expression: fields.string('ScheduleExpression'),
    timeZone: 'UTC',
    functionName: functionNameOfArn(target.string('Arn')),
    input: target.optionalString('Input'),
    source: 'aws.events',
  };
}

function onlyTarget(fields: FieldReader): FieldReader {
  const [target, ...others] = fields.objects('Targets');
  if (target === undefined || others.length > 0)
    throw new TemplateError(`${fields.place}: the laptop wants exactly one target`);
  return target;
}

function readSchedule(
  { physicalName, properties }: Resource,
  { region, accountId }: LaptopSettings,
): ScheduleModel | null {
  const fields = properties();
  if (fields.raw('State') === 'DISABLED') return null;
  const target = fields.object('Target');
  return {
    name: physicalName,
    arn: `arn:aws:scheduler:${region}:${accountId}:schedule/default/${physicalName}`,
    expression: fields.string('ScheduleExpression'),
    timeZone: fields.optionalString('ScheduleExpressionTimezone') ?? 'UTC',
    functionName: functionNameOfArn(target.string('Arn')),
    input: target.optionalString('Input'),
    source: 'aws.scheduler',
  };
}

/** Everything that points at a function or a queue must point at one that exists. */
function checkTargets(model: LaptopModel): void {
  const functions = new Set(model.functions.map(({ name }) => name));
  const queues = new Set(model.queues.map(({ arn }) => arn));
  const needFunction = (name: string, from: string): void => {
    if (!functions.has(name))
      throw new TemplateError(`${from} points at the function ${name}, which is not in the template`);
  };
  for (const mapping of model.mappings) {
    needFunction(mapping.functionName, `the mapping of ${mapping.queueArn}`);
    if (!queues.has(mapping.queueArn))
      throw new TemplateError(`a mapping reads ${mapping.queueArn}, which is not in the template`);
  }
  for (const schedule of model.schedules) needFunction(schedule.functionName, `the schedule ${schedule.name}`);
  for (const route of model.api?.routes ?? []) needFunction(route.functionName, `the route ${route.key}`);
  for (const queue of model.queues) {
    if (queue.redrive !== null && !queues.has(queue.redrive.targetArn)) {
      throw new TemplateError(
        `${queue.name} sends its dead letters to ${queue.redrive.targetArn}, which is not in the template`,
      );
    }
  }
}

/** The file that holds a function's handler, and the name it is exported under. */
export function handlerOf(model: FunctionModel): { readonly file: string; readonly exportName: string } {
  const dot = model.handler.lastIndexOf('.');
  if (dot <= 0) throw new TemplateError(`${model.name}: ${model.handler} is not file.export`);
  return {
    file: join(model.codeDirectory, `${model.handler.slice(0, dot)}.mjs`),
    exportName: model.handler.slice(dot + 1),
  };
}
