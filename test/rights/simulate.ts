import { anonymousPrincipal, runSimulation } from '@cloud-copilot/iam-simulate';
import type { AwsCall } from '@gruppstart/local/recording/aws-call';
import { PLACE } from './concrete-template.ts';
import type { PolicyDocument, TemplateRights } from './policies.ts';

export type Verdict = 'Allowed' | 'ImplicitlyDenied' | 'ExplicitlyDenied';

/** Who asks: a role with its policy, or null for somebody without a signature. */
export type Asker = { readonly roleArn: string; readonly policy: PolicyDocument } | null;

const ENCRYPTION_CONTEXT = 'kms:EncryptionContext:';
/**
 * The simulator (0.1.173) knows names with a free part only after a slash and drops `kms:EncryptionContext:use` as
 * unknown, so that every condition on it fails. Both the request and the policies get a name of the same kind instead, one
 * text value, that it does know; no policy here looks at tags of the caller.
 */
const STAND_IN = 'aws:PrincipalTag/EncryptionContext-';

const standIn = (key: string): string =>
  key.toLowerCase().startsWith(ENCRYPTION_CONTEXT.toLowerCase())
    ? `${STAND_IN}${key.slice(ENCRYPTION_CONTEXT.length).toLowerCase()}`
    : key;

const withStandIns = (policy: PolicyDocument): PolicyDocument => ({
  ...policy,
  Statement: policy.Statement.map((statement) => ({
    ...statement,
    ...(statement.Condition === undefined
      ? {}
      : {
          Condition: Object.fromEntries(
            Object.entries(statement.Condition).map(([operator, keys]) => [
              operator,
              Object.fromEntries(Object.entries(keys).map(([key, values]) => [standIn(key), values])),
            ]),
          ),
        }),
  })),
});

/** What every request of ours carries whatever it asks for. */
const surroundings = (action: string): AwsCall['context'] => ({
  'aws:SecureTransport': 'true',
  ...(action.startsWith('kms:') ? { 'kms:CallerAccount': PLACE.accountId } : {}),
  ...(action.startsWith('s3:') ? { 's3:TlsVersion': '1.3' } : {}),
});

const resourcePolicyOf = ({ resourcePolicies }: TemplateRights, resource: string): PolicyDocument | undefined =>
  resourcePolicies.get(resource) ??
  resourcePolicies.get(resource.startsWith('arn:aws:s3:::') ? (resource.split('/')[0] ?? '') : resource);

/**
 * What IAM would answer: identity policy, the resource's own policy (key, bucket, queue), and for keys the rule that the
 * key's policy must take part.
 * @throws when the simulator does not know the action, the resource or a condition key: such an answer would prove nothing
 */
export const simulate = async (
  rights: TemplateRights,
  asker: Asker,
  { action, resource, context }: AwsCall,
): Promise<Verdict> => {
  const resourcePolicy = resourcePolicyOf(rights, resource);
  const contextVariables = Object.fromEntries(
    Object.entries({ ...surroundings(action), ...context }).map(([key, value]) => [
      standIn(key),
      typeof value === 'string' ? value : [...value],
    ]),
  );
  const answer = await runSimulation(
    {
      request: {
        principal: asker === null ? anonymousPrincipal : asker.roleArn,
        action,
        resource: { resource, accountId: PLACE.accountId },
        contextVariables,
      },
      identityPolicies: asker === null ? [] : [{ name: 'role', policy: withStandIns(asker.policy) }],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      ...(resourcePolicy === undefined ? {} : { resourcePolicy: withStandIns(resourcePolicy) }),
    },
    {},
  );
  const what = `${action} on ${resource}`;
  if (answer.resultType === 'error') throw new Error(`${what}: ${JSON.stringify(answer.errors)}`);
  if (answer.resultType === 'wildcard') throw new Error(`${what}: the resource of a call has no star`);
  const ignored = answer.result.ignoredContextKeys ?? [];
  if (ignored.length > 0) throw new Error(`${what}: the simulator passed over ${ignored.join(', ')}`);
  if (answer.overallResult === 'Allowed' || answer.overallResult === 'ExplicitlyDenied') return answer.overallResult;
  return 'ImplicitlyDenied';
};
