/** What is set by hand after a deployment because the emulator cannot do it; each belongs to a gap of known-gaps.ts. */
import * as z from 'zod';
import { callQueryService, callService } from './call-service.ts';
import type { Deployment } from './deployment.ts';
import { resourcesOf } from './template.ts';

/** How the policies end that no template knows of. */
export const FOR_THE_EMULATOR = 'ForTheEmulator';

const Arn = z.object({ Attributes: z.object({ QueueArn: z.string() }) });

const arnOf = async (deployment: Deployment, queue: string): Promise<string> => {
  const asked = { QueueUrl: deployment.idOf(queue), AttributeNames: ['QueueArn'] };
  return Arn.parse(await callService(deployment, 'sqs', 'GetQueueAttributes', asked)).Attributes.QueueArn;
};

const ArnReference = z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.literal('Arn')]) });
const OneOrMore = z.union([z.array(ArnReference), ArnReference.transform((one) => [one])]);
const Statement = z.object({
  Action: z.unknown(),
  Resource: z.unknown(),
  Condition: z.object({ StringEquals: z.record(z.string(), z.unknown()).default({}) }).optional(),
});
type Statement = z.infer<typeof Statement>;
const Policy = z.object({
  PolicyDocument: z.object({ Statement: z.array(Statement) }),
  Roles: z.array(z.object({ Ref: z.string() })),
});

const allow = (Action: unknown, Resource: unknown) => ({ Effect: 'Allow', Action, Resource });

/**
 * Gap `send-batch-right`: whoever may send to a queue may, here, also send to it in batches. On AWS that is the same
 * right; the emulator asks for one that does not exist.
 */
const batchesFor = async (deployment: Deployment, { Action, Resource }: Statement) => {
  if (![Action].flat().includes('sqs:SendMessage')) return [];
  const queues = OneOrMore.parse(Resource).map((reference) => reference['Fn::GetAtt'][0]);
  return [allow('sqs:SendMessageBatch', await Promise.all(queues.map((queue) => arnOf(deployment, queue))))];
};

/** Gap `encryption-context`: a right to the vault's key holds here whatever the context, since the emulator has none. */
const vaultFor = async (deployment: Deployment, { Action, Condition }: Statement) => {
  const contexts = Object.keys(Condition?.StringEquals ?? {}).filter((key) => key.startsWith('kms:EncryptionContext:'));
  return contexts.length === 0 ? [] : [allow(Action, deployment.arnOfKey('VaultKey'))];
};

/** Gives each role, beside its own policy, what the emulator does not read out of that. */
export const workAround = async (deployment: Deployment): Promise<void> => {
  for (const [id, { Type, Properties }] of resourcesOf(deployment.run.assembly, 'GruppstartApp')) {
    if (Type !== 'AWS::IAM::Policy') continue;
    const { PolicyDocument, Roles } = Policy.parse(Properties);
    const added = await Promise.all(
      PolicyDocument.Statement.flatMap((each) => [batchesFor(deployment, each), vaultFor(deployment, each)]),
    );
    if (added.flat().length === 0) continue;
    const document = { Version: '2012-10-17', Statement: added.flat() };
    for (const { Ref } of Roles) {
      await callQueryService(deployment, 'iam', 'PutRolePolicy', '2010-05-08', {
        RoleName: deployment.idOf(Ref),
        PolicyName: `${id}${FOR_THE_EMULATOR}`,
        PolicyDocument: JSON.stringify(document),
      });
    }
  }
};
