import { faultAt, faultsOf, type TemplateCheck } from './template-check.ts';
import { type Fields, fieldsAt, isFields, listOf, numberOf, type Placed, type TemplateView } from './template-view.ts';

const FUNCTIONS = 'AWS::Lambda::Function';
const RUNTIME = 'nodejs24.x';

const functionRuntime: TemplateCheck = {
  name: 'function-runtime',
  remedy:
    'The tests run on another Node or processor than the function, or the service picks 3 s and 128 MB for it. State nodejs24.x, arm64, memory and timeout.',
  faults: (view) =>
    faultsOf(view.all(FUNCTIONS), ({ properties }) => {
      if (properties.Runtime !== RUNTIME) return `runs on ${String(properties.Runtime)}`;
      if (listOf(properties.Architectures).join() !== 'arm64') return 'not on arm64';
      if (numberOf(properties.MemorySize) === null) return 'no memory stated';
      return numberOf(properties.Timeout) === null && 'no timeout stated';
    }),
};

const functionTraced: TemplateCheck = {
  name: 'function-traced',
  remedy:
    'A slow request cannot be followed from the door to the worker. Switch X-Ray tracing to Active for each function.',
  faults: (view) =>
    faultsOf(
      view.all(FUNCTIONS),
      ({ properties }) => fieldsAt(properties, 'TracingConfig').Mode !== 'Active' && 'not traced',
    ),
};

const functionLog: TemplateCheck = {
  name: 'function-log',
  remedy:
    'A function without a log group of its own writes to one that the service makes, which is kept for ever and is read by whoever reads the others. Name a log group of the template, one for each function.',
  faults: (view) => {
    const logs = view.all(FUNCTIONS).map((fn) => ({
      fn,
      log: view.resource(fn, fieldsAt(fn.properties, 'LoggingConfig').LogGroup),
    }));
    return logs.flatMap(({ fn, log }) => {
      if (log?.type !== 'AWS::Logs::LogGroup') return [faultAt(fn, 'no log group of its own')];
      return logs.some((other) => other.fn !== fn && other.log === log) ? [faultAt(fn, 'a shared log group')] : [];
    });
  },
};

const logRetention: TemplateCheck = {
  name: 'log-retention',
  remedy:
    'A log without retention is kept for ever. Give each log group the number of days that the one who deploys has chosen.',
  faults: (view) =>
    faultsOf(
      view.all('AWS::Logs::LogGroup'),
      ({ properties }) => properties.RetentionInDays === undefined && 'kept for ever',
    ),
};

/** All reservations together: an account with the ordinary 1,000 then has plenty left for everything else in it. */
const MOST_RESERVED = 200;

const functionConcurrency: TemplateCheck = {
  name: 'function-concurrency',
  remedy:
    'Functions share the executions of the account: one that is called too often takes those of the others. Reserve a number for each, and no more than 200 in all.',
  faults: (view) => {
    const functions = view.all(FUNCTIONS);
    const reserved = functions.map(({ properties }) => numberOf(properties.ReservedConcurrentExecutions) ?? 0);
    const sum = reserved.reduce((total, each) => total + each, 0);
    const missing = faultsOf(functions, (fn) => (reserved[functions.indexOf(fn)] ?? 0) < 1 && 'nothing reserved');
    return sum > MOST_RESERVED ? [...missing, { at: 'all functions', found: `${sum} reserved` }] : missing;
  },
};

const SECRET_NAME = /secret|passw|token|credential|private|api_?key|access_?key/iu;
/** Names of resources of ours, which may be long. */
const RESOURCE_NAME = /(?:_TABLE|_TABLE_RESTORED|BUCKET|_QUEUE_URL)$/u;
/** Starts of keys and tokens, references to a store of secrets, and anything long enough to be random. */
const SECRET_VALUE = /^(?:AKIA|ASIA|eyJ|-----BEGIN)|\{\{resolve:|^[A-Za-z0-9+/=_-]{32,}$/u;

const environmentOpen: TemplateCheck = {
  name: 'environment-without-secrets',
  remedy:
    'Whoever may look at a function sees its environment, and so does the template. Give names of resources there, and no secret: a function has its rights from its role.',
  faults: (view) =>
    view.all(FUNCTIONS).flatMap((fn) =>
      Object.entries(fieldsAt(fieldsAt(fn.properties, 'Environment'), 'Variables'))
        .filter(([name, value]) => {
          const parameter = view.templates[fn.stack]?.Parameters?.[view.target(fn, value)?.id ?? ''];
          const hidden = parameter?.NoEcho === true || parameter?.NoEcho === 'true';
          const random = typeof value === 'string' && !RESOURCE_NAME.test(name) && SECRET_VALUE.test(value);
          return SECRET_NAME.test(name) || hidden || random;
        })
        .map(([name]) => faultAt(fn, `${name} looks like a secret`)),
    ),
};

const functionOwnRole: TemplateCheck = {
  name: 'function-own-role',
  remedy: 'Two functions with one role have the rights of both. Give each function a role of its own.',
  faults: (view) => {
    const functions = view.all(FUNCTIONS);
    const roles = functions.map((fn) => view.resource(fn, fn.properties.Role)?.id ?? null);
    return faultsOf(functions, (fn) => {
      const own = roles[functions.indexOf(fn)] ?? null;
      if (own === null) return 'no role of the template';
      return roles.filter((role) => role === own).length > 1 && `shares ${own}`;
    });
  },
};

const KILOBYTE = 1024;
/** A function's own policy holds 20 KB, all inline policies of a role 10,240 characters. Three quarters leave room to grow. */
const FUNCTION_POLICY_BYTES = 0.75 * 20 * KILOBYTE;
const ROLE_POLICY_BYTES = 0.75 * 10_240;
/** What the service writes around the address of the caller: id, effect, principal, action and the function's own address. */
const STATEMENT_BYTES = 350;
/** An address of AWS is about this long; a reference stands for one. */
const REFERENCE_BYTES = 90;

/** Length of a value as it will be when references are resolved. */
const lengthOf = (value: unknown): number => {
  if (Array.isArray(value)) return value.reduce<number>((sum, part) => sum + lengthOf(part) + 1, 2);
  if (!isFields(value)) return JSON.stringify(value)?.length ?? 0;
  const [only] = Object.keys(value);
  if (only === 'Ref' || only === 'Fn::GetAtt' || only === 'Fn::ImportValue') return REFERENCE_BYTES;
  if (only === 'Fn::Join') return lengthOf(listOf(value['Fn::Join'])[1]);
  return Object.entries(value).reduce((sum, [key, part]) => sum + key.length + 4 + lengthOf(part), 2);
};

const functionPolicySize: TemplateCheck = {
  name: 'function-policy-size',
  remedy:
    'A function’s policy holds 20 KB; beyond that the deployment fails, in the account and in no emulator. Give one permission for the whole API, not one for each route.',
  faults: (view) => {
    const permissions = view.all('AWS::Lambda::Permission');
    return faultsOf(view.all(FUNCTIONS), (fn) => {
      const own = permissions.filter((each) => view.resource(each, each.properties.FunctionName) === fn);
      const bytes = own.reduce((sum, { properties }) => sum + STATEMENT_BYTES + lengthOf(properties.SourceArn), 0);
      return bytes > FUNCTION_POLICY_BYTES && `about ${bytes} bytes in ${own.length} permissions`;
    });
  },
};

const permissionNarrow: TemplateCheck = {
  name: 'permission-narrow',
  remedy:
    'A permission without the address of the caller lets any account make its gateway or rule call our function. Name the caller (SourceArn).',
  faults: (view) =>
    faultsOf(view.all('AWS::Lambda::Permission'), ({ properties }) => {
      if (properties.Principal === '*') return 'open to all';
      return properties.SourceArn === undefined && 'no SourceArn';
    }),
};

const rolePolicySize: TemplateCheck = {
  name: 'role-policy-size',
  remedy:
    'The inline policies of a role hold 10,240 characters in all; beyond that the deployment fails. Join statements that differ only in their resource.',
  faults: (view) => {
    const bytesOf = (role: Placed): number => policiesOf(view, role).reduce((sum, policy) => sum + lengthOf(policy), 0);
    return faultsOf(view.all('AWS::IAM::Role'), (role) => {
      const bytes = bytesOf(role);
      return bytes > ROLE_POLICY_BYTES && `about ${bytes} characters`;
    });
  },
};

const policiesOf = (view: TemplateView, role: Placed): readonly Fields[] =>
  view
    .all('AWS::IAM::Policy')
    .filter((policy) => listOf(policy.properties.Roles).some((each) => view.resource(policy, each) === role))
    .map(({ properties }) => fieldsAt(properties, 'PolicyDocument'));

export const FUNCTION_CHECKS: readonly TemplateCheck[] = [
  functionRuntime,
  functionTraced,
  functionLog,
  logRetention,
  functionConcurrency,
  environmentOpen,
  functionOwnRole,
  functionPolicySize,
  permissionNarrow,
  rolePolicySize,
];
