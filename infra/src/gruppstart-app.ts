import type { Door } from '@gruppstart/contracts/roles';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { GatewayRoute } from './constructs/door-api.ts';
import { FEATURE_FLAGS } from './feature-flags.ts';
import { AppStack } from './stacks/app-stack.ts';
import { DataStack } from './stacks/data-stack.ts';
import { OpsStack } from './stacks/ops-stack.ts';

/** Stockholm. Personal data stay in Sweden, so the region is not a choice of the one who deploys. */
export const REGION = 'eu-north-1';

export interface GruppstartAppProps {
  readonly routes: readonly GatewayRoute[];
  readonly catchAllPaths: (door: Door) => readonly string[];
  readonly publicPaths: readonly string[];
  /** Where the build has put the bundles, one folder per function. */
  readonly functionsDir: string;
  /** Where to write the cloud assembly. @default - the CDK command line's folder, else a temporary one */
  readonly outdir?: string;
}

export interface GruppstartApp {
  readonly app: App;
  readonly data: DataStack;
  readonly application: AppStack;
  readonly ops: OpsStack;
}

/** The three stacks and the checks that every synthesis has to pass. */
export const makeGruppstartApp = (props: GruppstartAppProps): GruppstartApp => {
  const app = new App({
    context: FEATURE_FLAGS,
    analyticsReporting: false,
    ...(props.outdir === undefined ? {} : { outdir: props.outdir }),
  });
  const env = { region: REGION };
  const data = new DataStack(app, 'GruppstartData', { env, description: 'Gruppstart: keys, tables and bucket' });
  const application = new AppStack(app, 'GruppstartApp', {
    env,
    description: 'Gruppstart: doors, workers and queues',
    data: data.resources,
    routes: props.routes,
    catchAllPaths: props.catchAllPaths,
    publicPaths: props.publicPaths,
    functionsDir: props.functionsDir,
  });
  const ops = new OpsStack(app, 'GruppstartOps', {
    env,
    description: 'Gruppstart: alarms and dashboard',
    app: application,
  });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return { app, data, application, ops };
};
