/** Resource types that the laptop acts on; each has a reader in `read-model.ts`. */
export const HONOURED_TYPES = [
  'AWS::DynamoDB::Table',
  'AWS::DynamoDB::GlobalTable',
  'AWS::SQS::Queue',
  'AWS::Lambda::Function',
  'AWS::Lambda::EventSourceMapping',
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::Route',
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Authorizer',
  'AWS::ApiGatewayV2::Stage',
  'AWS::Events::Rule',
  'AWS::Scheduler::Schedule',
  'AWS::S3::Bucket',
  'AWS::KMS::Key',
] as const;

/**
 * Resource types that change nothing for one trusted person on a laptop: rights (proved against the template by their
 * own tests), alarms, logs and bookkeeping. A type in neither list stops the start, so that a new kind of resource is
 * never silently left out.
 */
export const HARMLESS_TYPES = [
  'AWS::CDK::Metadata',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::CompositeAlarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::KMS::Alias',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::Permission',
  'AWS::Logs::LogGroup',
  'AWS::Logs::MetricFilter',
  'AWS::Logs::QueryDefinition',
  'AWS::Logs::ResourcePolicy',
  'AWS::S3::BucketPolicy',
  'AWS::Scheduler::ScheduleGroup',
  'AWS::SNS::Subscription',
  'AWS::SNS::Topic',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueuePolicy',
] as const;

const honoured: ReadonlySet<string> = new Set(HONOURED_TYPES);
const harmless: ReadonlySet<string> = new Set(HARMLESS_TYPES);

export function isHonoured(type: string): boolean {
  return honoured.has(type);
}

export function isHarmless(type: string): boolean {
  return harmless.has(type);
}
