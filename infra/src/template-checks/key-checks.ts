import { faultAt, faultsOf, type TemplateCheck } from './template-check.ts';
import {
  type Fields,
  fieldsAt,
  isFields,
  listOf,
  type Placed,
  sameTarget,
  type TemplateView,
} from './template-view.ts';

const KEYS = 'AWS::KMS::Key';
const VAULT_KEY = 'VaultKey';
const DATA_KEY = 'DataKey';

const statementsOf = (policy: unknown): readonly Fields[] =>
  listOf(isFields(policy) ? policy.Statement : undefined).filter((statement) => isFields(statement));

/** `arn:aws:iam::<account>:root`, written with the account's own number. */
const isOwnAccount = (principal: unknown): boolean =>
  /^\["",\["arn:[^"]*:iam::",\{"Ref":"AWS::AccountId"\},":root"\]\]$/u.test(
    JSON.stringify(isFields(principal) ? principal['Fn::Join'] : null),
  );

const keyPolicy: TemplateCheck = {
  name: 'key-policy',
  remedy:
    'Whoever a key policy names can use the key without any right in the account; a service named there opens the data for others. Name the own account and nobody else; who may use the key is said in the roles.',
  faults: (view) =>
    view.all(KEYS).flatMap((key) =>
      statementsOf(key.properties.KeyPolicy).flatMap((statement) => {
        if (statement.Effect === 'Deny') return [];
        const { AWS, ...others } = isFields(statement.Principal) ? statement.Principal : { AWS: statement.Principal };
        const foreign = [...listOf(AWS).filter((each) => !isOwnAccount(each)), ...Object.values(others)];
        return foreign.map((each) => faultAt(key, `may be used by ${JSON.stringify(each)}`));
      }),
    ),
};

const keyRotation: TemplateCheck = {
  name: 'key-rotation',
  remedy:
    'A key that is never renewed opens all that was ever sealed with it. Rotate it every year, and wait the longest 30 days before a deletion is final.',
  faults: (view) =>
    faultsOf(view.all(KEYS), ({ properties }) => {
      if (properties.EnableKeyRotation !== true) return 'rotation is off';
      if (Number(properties.RotationPeriodInDays ?? 365) > 365) return 'rotated less than once a year';
      return properties.PendingWindowInDays !== 30 && 'deleted sooner than after 30 days';
    }),
};

const ENCRYPTED_WITH: Readonly<Record<string, (properties: Fields) => unknown>> = {
  'AWS::DynamoDB::Table': (properties) => fieldsAt(properties, 'SSESpecification').KMSMasterKeyId,
  'AWS::SQS::Queue': (properties) => properties.KmsMasterKeyId,
  'AWS::S3::Bucket': (properties) => {
    const [rule] = listOf(fieldsAt(properties, 'BucketEncryption').ServerSideEncryptionConfiguration);
    return fieldsAt(rule, 'ServerSideEncryptionByDefault').KMSMasterKeyID;
  },
};

const encryptedWithDataKey: TemplateCheck = {
  name: 'encrypted-with-data-key',
  remedy:
    'Tables, queues and the bucket are encrypted with our data key: with a key of AWS nobody could take the right away, and with that of the vault the services could open names. Give the data key.',
  faults: (view) =>
    faultsOf(view.all(...Object.keys(ENCRYPTED_WITH)), (resource) => {
      const key = view.target(resource, ENCRYPTED_WITH[resource.type]?.(resource.properties));
      return key?.id !== DATA_KEY && `encrypted with ${key?.id ?? 'no key of ours'}`;
    }),
};

const conditionKeys = (statement: Fields): readonly string[] =>
  Object.values(isFields(statement.Condition) ? statement.Condition : {}).flatMap((equals) =>
    isFields(equals) ? Object.keys(equals) : [],
  );

/** Statements of the functions' roles that reach a key, each with its policy. */
const statementsOn = (view: TemplateView, keyId: string): readonly (readonly [Placed, Fields])[] => {
  const key = view.all(KEYS).find(({ id }) => id === keyId) ?? null;
  return view.all('AWS::IAM::Policy').flatMap((policy) =>
    statementsOf(policy.properties.PolicyDocument)
      .filter((statement) => listOf(statement.Resource).some((each) => sameTarget(view.target(policy, each), key)))
      .map((statement) => [policy, statement] as const),
  );
};

const vaultKeyBound: TemplateCheck = {
  name: 'vault-key-bound',
  remedy:
    'A right to the vault without a condition opens every name for every purpose. Bind it to the encryption context that the store writes, and never give it by way of a service.',
  faults: (view) =>
    statementsOn(view, VAULT_KEY).flatMap(([policy, statement]) => {
      const conditions = conditionKeys(statement);
      if (conditions.includes('kms:ViaService')) return [faultAt(policy, 'a service may use the vault key')];
      return conditions.some((name) => name.startsWith('kms:EncryptionContext:'))
        ? []
        : [faultAt(policy, 'the vault key without an encryption context')];
    }),
};

const dataKeyThroughServices: TemplateCheck = {
  name: 'data-key-through-services',
  remedy:
    'A function must not be able to ask the data key itself to open anything. Give the right by way of the service that it calls (kms:ViaService).',
  faults: (view) =>
    statementsOn(view, DATA_KEY)
      .filter(([, statement]) => !conditionKeys(statement).includes('kms:ViaService'))
      .map(([policy]) => faultAt(policy, 'the data key without a service')),
};

export const KEY_CHECKS: readonly TemplateCheck[] = [
  keyPolicy,
  keyRotation,
  encryptedWithDataKey,
  vaultKeyBound,
  dataKeyThroughServices,
];
