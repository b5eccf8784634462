import { mkdirSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { DOORS } from '@gruppstart/contracts/roles';
import { createClock, type LaptopClock } from '@gruppstart/local/clock';
import { DOOR_RESOURCES } from '@gruppstart/local/login/door-resources';
import { type RunningLogin, startLogin } from '@gruppstart/local/login/start-login';
import { AwsClient } from 'aws4fetch';
import * as z from 'zod';
import { askAws } from './ask-aws.ts';
import { cdk } from './cdk.ts';
import { ADMINISTRATOR, administratorEnvironment, type Emulator, REGION, startEmulator } from './emulator.ts';
import type { RunFolder } from './run-folder.ts';

export const STACKS = ['GruppstartData', 'GruppstartApp', 'GruppstartOps'] as const;
export type StackName = (typeof STACKS)[number];

export const ACCOUNT_ID = '000000000000';
/** Nobody reads it: the address is of a domain that cannot exist. */
const ALARM_EMAIL = 'larm@example.invalid';

const Resources = z.object({
  StackResources: z.array(
    z.object({ LogicalResourceId: z.string(), PhysicalResourceId: z.string(), ResourceType: z.string() }),
  ),
});
const Stacks = z.object({
  Stacks: z.array(
    z.object({
      Outputs: z
        .array(z.object({ OutputKey: z.string(), OutputValue: z.string(), ExportName: z.string().optional() }))
        .default([]),
      Parameters: z.array(z.object({ ParameterKey: z.string(), ParameterValue: z.string() })).default([]),
    }),
  ),
});

export interface DeployedResource {
  readonly type: string;
  readonly physicalId: string;
}

/** What CloudFormation says it has made. */
export interface Deployed {
  readonly apiUrl: string;
  /** By stack and logical id. */
  readonly resources: Readonly<Record<StackName, ReadonlyMap<string, DeployedResource>>>;
  /** What the stacks give each other, by name. */
  readonly exports: ReadonlyMap<string, string>;
  /** Parameters of all stacks as they were deployed with, by name. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** The three stacks in an emulator of their own, with an issuer of their own that the doors trust. */
export interface Deployment {
  readonly run: RunFolder;
  readonly endpoint: string;
  /** For commands that ask AWS as the account's administrator. */
  readonly environment: Readonly<Record<string, string>>;
  /** Signs requests as the account's administrator. */
  readonly aws: AwsClient;
  readonly issuer: string;
  /** Where the issuer keeps what it signs with. */
  readonly loginFolder: string;
  readonly clock: LaptopClock;
  readonly deployed: Deployed;
  /** The physical id of a resource of the application. */
  idOf(logicalId: string): string;
  /** The address of a key of the data stack. */
  arnOfKey(logicalId: string): string;
  /** Deploys all stacks once more, with these parameters of stacks changed (`GruppstartApp:LogRetentionDays`). */
  deployAgain(assembly: string, parameters: Readonly<Record<string, string>>): Promise<Deployed>;
  stop(): Promise<void>;
}

const readDeployed = async (environment: Readonly<Record<string, string>>): Promise<Deployed> => {
  const about = (operation: string) =>
    STACKS.map((StackName) => ({ service: 'cloudformation', operation, parameters: { StackName } }));
  const [data, app, ops, stacks] = await askAws(environment, [
    ...about('describe_stack_resources'),
    { service: 'cloudformation', operation: 'describe_stacks' },
  ]);
  const known = Stacks.parse(stacks).Stacks;
  const outputs = known.flatMap(({ Outputs }) => Outputs);
  const apiUrl = outputs.find(({ OutputKey }) => OutputKey === 'ApiAddress')?.OutputValue;
  if (apiUrl === undefined) throw new Error('The stack says no address');
  const byId = (answer: unknown): ReadonlyMap<string, DeployedResource> =>
    new Map(
      Resources.parse(answer).StackResources.map((each) => [
        each.LogicalResourceId,
        { type: each.ResourceType, physicalId: each.PhysicalResourceId },
      ]),
    );
  return {
    apiUrl,
    resources: { GruppstartData: byId(data), GruppstartApp: byId(app), GruppstartOps: byId(ops) },
    exports: new Map(
      outputs.flatMap(({ ExportName, OutputValue }) => (ExportName === undefined ? [] : [[ExportName, OutputValue]])),
    ),
    parameters: Object.fromEntries(
      known.flatMap(({ Parameters }) => Parameters.map((each) => [each.ParameterKey, each.ParameterValue])),
    ),
  };
};

const parametersFor = (issuer: string): Readonly<Record<string, string>> => ({
  ...Object.fromEntries(
    DOORS.flatMap((door) => {
      const name = `GruppstartApp:${door.charAt(0).toUpperCase()}${door.slice(1)}`;
      return [
        [`${name}Issuer`, issuer],
        [`${name}Audience`, DOOR_RESOURCES[door].audience],
      ];
    }),
  ),
  'GruppstartOps:AlarmEmail': ALARM_EMAIL,
});

const deployAll = (
  environment: Readonly<Record<string, string>>,
  assembly: string,
  parameters: Readonly<Record<string, string>>,
): Promise<void> =>
  cdk(environment, [
    'deploy',
    '--all',
    '--app',
    assembly,
    '--require-approval=never',
    ...Object.entries(parameters).flatMap(([name, value]) => ['--parameters', `${name}=${value}`]),
  ]);

const bootstrapAndDeploy = async (run: RunFolder, emulator: Emulator, login: RunningLogin, folder: string) => {
  const home = join(folder, 'home');
  mkdirSync(home);
  const environment = administratorEnvironment(run, emulator.endpoint, home);
  await cdk(environment, ['bootstrap', `aws://${ACCOUNT_ID}/${REGION}`, '--app', run.assembly]);
  const parameters = parametersFor(login.issuer);
  await deployAll(environment, run.assembly, parameters);
  return { environment, parameters, deployed: await readDeployed(environment) };
};

/**
 * Bootstraps an account and deploys all stacks into it, as somebody does who has the command line and nothing else. The
 * clock is the machine's while that goes on, because the command line signs with it, and can be moved afterwards.
 */
export const deploy = async (run: RunFolder): Promise<Deployment> => {
  const folder = mkdtempSync(join(run.folder, 'deployment-'));
  const loginFolder = join(folder, 'login');
  const clock = createClock();
  const emulator = await startEmulator(run);
  clock.onMove(() => emulator.setClock(clock.offsetMs()));
  const login = await startLogin({ port: 0, clockOffset: clock.offset, dataDir: loginFolder });
  const stop = async (): Promise<void> => {
    await emulator.stop();
    await login.stop();
  };
  const { environment, parameters, deployed } = await bootstrapAndDeploy(run, emulator, login, folder).catch(
    async (cause: unknown) => {
      await stop();
      throw cause;
    },
  );
  const idIn = (stack: StackName, logicalId: string): string => {
    const found = deployed.resources[stack].get(logicalId);
    if (found === undefined) throw new Error(`${stack} has no ${logicalId}`);
    return found.physicalId;
  };
  return {
    run,
    endpoint: emulator.endpoint,
    environment,
    aws: new AwsClient({ ...ADMINISTRATOR, region: REGION, retries: 0 }),
    issuer: login.issuer,
    loginFolder,
    clock,
    deployed,
    idOf: (logicalId) => idIn('GruppstartApp', logicalId),
    arnOfKey: (logicalId) => `arn:aws:kms:${REGION}:${ACCOUNT_ID}:key/${idIn('GruppstartData', logicalId)}`,
    async deployAgain(assembly, changed) {
      await deployAll(environment, assembly, { ...parameters, ...changed });
      return readDeployed(environment);
    },
    stop,
  };
};
