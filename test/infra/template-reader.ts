import type { Resource, StackTemplate, SynthesizedApp } from './synthesized.ts';

export type Entry = readonly [id: string, resource: Resource];

export const resourcesOf = (template: StackTemplate, type: string): readonly Entry[] =>
  Object.entries(template.Resources).filter(([, resource]) => resource.Type === type);

/** A reference as text, across stacks: `CoreTable.Arn`, `IntakeQueue`, `Bucket.Arn/uploads/*`. */
export const referenceIn = (data: StackTemplate, value: unknown): string => {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return String(value);
  const parts = value as Readonly<Record<string, unknown>>;
  if ('Ref' in parts) return String(parts.Ref);
  const attribute = parts['Fn::GetAtt'];
  if (Array.isArray(attribute)) return attribute.join('.');
  const join = parts['Fn::Join'];
  if (Array.isArray(join)) return join[1].map((part: unknown) => referenceIn(data, part)).join('');
  const imported = parts['Fn::ImportValue'];
  const output = Object.values(data.Outputs ?? {}).find((candidate) => candidate.Export?.Name === imported);
  if (output === undefined) throw new Error(`Nothing exports ${JSON.stringify(value)}`);
  return referenceIn(data, output.Value);
};

/** One action that a function's role may do on one resource. */
export interface Right {
  readonly action: string;
  readonly on: string;
  /** The service through which alone the right to a key holds. */
  readonly through: string | null;
  /** What a key of the vault may be for, as the encryption context says. */
  readonly uses: readonly string[];
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

/** All that the role of a function may do, one row for each action and resource. */
export const rightsOf = ({ app, data }: SynthesizedApp, functionId: string): readonly Right[] => {
  const roleId = referenceIn(data, app.Resources[functionId]?.Properties.Role).replace('.Arn', '');
  const policies = resourcesOf(app, 'AWS::IAM::Policy').filter(([, { Properties }]) =>
    listOf(Properties.Roles).some((role) => referenceIn(data, role) === roleId),
  );
  return policies.flatMap(([, { Properties }]) => {
    const { Statement } = Properties.PolicyDocument as { readonly Statement: readonly Record<string, unknown>[] };
    return Statement.flatMap((statement) => {
      if (statement.Effect !== 'Allow') throw new Error('Only allowing statements are read here');
      const condition = statement.Condition as { StringEquals?: Record<string, unknown> } | undefined;
      const equals = condition?.StringEquals ?? {};
      return listOf(statement.Action).flatMap((action) =>
        listOf(statement.Resource).map((resource) => ({
          action: String(action),
          on: referenceIn(data, resource),
          through: 'kms:ViaService' in equals ? String(equals['kms:ViaService']) : null,
          uses: 'kms:EncryptionContext:use' in equals ? listOf(equals['kms:EncryptionContext:use']).map(String) : [],
        })),
      );
    });
  });
};
