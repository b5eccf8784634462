import type { Door } from '@gruppstart/contracts/roles';
import { TABLES } from '@gruppstart/store/tables';
import { App, Validations } from 'aws-cdk-lib';
import type { GatewayRoute } from './constructs/door-api.ts';
import { FEATURE_FLAGS } from './feature-flags.ts';
import { AppStack } from './stacks/app-stack.ts';
import { DataStack } from './stacks/data-stack.ts';
import { OpsStack } from './stacks/ops-stack.ts';
import { cdkNagRules } from './template-checks/cdk-nag-rules.ts';
import { TemplateChecksPlugin } from './template-checks/checks-plugin.ts';

/** Stockholm. Personal data stay in Sweden, so the region is not a choice of the one who deploys. */
export const REGION = 'eu-north-1';

export interface GruppstartAppProps {
  readonly routes: readonly GatewayRoute[];
  readonly catchAllPaths: (door: Door) => readonly string[];
  readonly publicPaths: readonly string[];
  /** Where the build has put the bundles, one folder per function. */
  readonly functionsDir: string;
  /** Name of a restored table to work on in place of `core`. @default - what the context `restoredCoreTable` says */
  readonly restoredCoreTable?: string;
  /** Where to write the cloud assembly. @default - the CDK command line's folder, else a temporary one */
  readonly outdir?: string;
}

export interface GruppstartApp {
  readonly app: App;
  readonly data: DataStack;
  readonly application: AppStack;
  readonly ops: OpsStack;
}

/** `npx cdk deploy --context restoredCoreTable=NAME`, after `core` has been restored to a new table. */
const RESTORED_CORE_TABLE = 'restoredCoreTable';

const restoredCoreTableOf = (app: App): { readonly restoredCoreTable?: string } => {
  const name: unknown = app.node.tryGetContext(RESTORED_CORE_TABLE);
  if (name === undefined) return {};
  if (typeof name !== 'string' || !/^[A-Za-z0-9_.-]{3,255}$/u.test(name)) {
    throw new Error(`The context ${RESTORED_CORE_TABLE} is the name of a table, not ${JSON.stringify(name)}`);
  }
  return { restoredCoreTable: name };
};

/** The three stacks and the checks that every synthesis has to pass. */
export const makeGruppstartApp = (props: GruppstartAppProps): GruppstartApp => {
  const given = props.restoredCoreTable === undefined ? {} : { [RESTORED_CORE_TABLE]: props.restoredCoreTable };
  const app = new App({
    context: { ...FEATURE_FLAGS, ...given },
    analyticsReporting: false,
    ...(props.outdir === undefined ? {} : { outdir: props.outdir }),
  });
  const env = { region: REGION };
  const restored = restoredCoreTableOf(app);
  const data = new DataStack(app, 'GruppstartData', {
    env,
    description: 'Gruppstart: keys, tables and bucket',
    ...restored,
  });
  const application = new AppStack(app, 'GruppstartApp', {
    env,
    description: 'Gruppstart: doors, workers and queues',
    data: data.resources,
    routes: props.routes,
    catchAllPaths: props.catchAllPaths,
    publicPaths: props.publicPaths,
    functionsDir: props.functionsDir,
    ...restored,
  });
  const ops = new OpsStack(app, 'GruppstartOps', {
    env,
    description: 'Gruppstart: alarms and dashboard',
    app: application,
  });
  const { routes, catchAllPaths, publicPaths } = props;
  Validations.of(app).addPlugins(
    cdkNagRules(),
    new TemplateChecksPlugin({ tables: TABLES, routes, catchAllPaths, publicPaths }),
  );
  return { app, data, application, ops };
};
