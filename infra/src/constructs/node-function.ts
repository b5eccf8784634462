import { join } from 'node:path';
import { Aws, type CfnCondition, Duration, Fn, RemovalPolicy, Token, Validations } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as LambdaFunction, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { keepLogicalId } from './stable-id.ts';

export interface NodeFunctionProps {
  /** Folder name in `functions/`, for example `intake-api`. */
  readonly name: string;
  /** What the function does, in one line for the one who reads the console of the account. */
  readonly description: string;
  /** Where the build has put its bundles: one folder per function. */
  readonly functionsDir: string;
  readonly memoryMegabytes: number;
  readonly timeoutSeconds: number;
  readonly logRetentionDays: number;
  /** Executions set aside for this function, and the most it may take. @default - as many as the account allows */
  readonly reservedConcurrency?: number;
  /** Whether the account has executions to set aside, known at deployment. @default - it has */
  readonly whenReserving?: CfnCondition;
  /** How often the service repeats an asynchronous call that failed. @default - twice, the service's own habit */
  readonly asyncRetries?: number;
}

const reservationOf = ({ reservedConcurrency, whenReserving }: NodeFunctionProps): number | undefined =>
  reservedConcurrency === undefined || whenReserving === undefined
    ? reservedConcurrency
    : Token.asNumber(Fn.conditionIf(whenReserving.logicalId, reservedConcurrency, Aws.NO_VALUE));

/**
 * A bundled function with a role and a log group of its own. The role starts with nothing but writing to that log
 * group and traces; what the function may do with data is added by name in the stack.
 */
export class NodeFunction extends Construct {
  readonly name: string;
  readonly timeoutSeconds: number;
  readonly function: LambdaFunction;
  readonly role: Role;
  readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, props: NodeFunctionProps) {
    super(scope, id);
    this.name = props.name;
    this.timeoutSeconds = props.timeoutSeconds;
    this.logGroup = new LogGroup(this, 'Logs', {
      retention: props.logRetentionDays,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.role = new Role(this, 'Role', {
      description: `Rights of the function ${props.name}`,
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    });
    // The managed policy AWSLambdaBasicExecutionRole would let each function write in every log group of the account.
    this.allow({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [this.logGroup.logGroupArn] });
    this.function = new LambdaFunction(this, 'Function', {
      description: props.description,
      code: Code.fromAsset(join(props.functionsDir, props.name)),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: props.memoryMegabytes,
      timeout: Duration.seconds(props.timeoutSeconds),
      role: this.role,
      logGroup: this.logGroup,
      tracing: Tracing.ACTIVE,
      reservedConcurrentExecutions: reservationOf(props),
      retryAttempts: props.asyncRetries,
    });
    keepLogicalId(this.function, `${id}Function`);
    Validations.of(this.role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'xray:PutTraceSegments and xray:PutTelemetryRecords take no resource; nothing else has a star.',
    });
  }

  /** Adds rights to the function's own role. Each call names its actions and resources: no wildcards by convenience. */
  allow(rights: {
    readonly actions: readonly string[];
    readonly resources: readonly string[];
    readonly conditions?: Record<string, Record<string, string | readonly string[]>>;
  }): void {
    this.role.addToPrincipalPolicy(
      new PolicyStatement({
        actions: [...rights.actions],
        resources: [...rights.resources],
        ...(rights.conditions === undefined ? {} : { conditions: rights.conditions }),
      }),
    );
  }

  setEnvironment(values: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(values)) this.function.addEnvironment(name, value);
  }
}
