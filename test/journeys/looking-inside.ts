import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { loadLoginKeys } from '@gruppstart/local/login/login-keys';
import type { makeDynamodb } from '@gruppstart/store/dynamodb-client';
import * as z from 'zod';
import type { AuditRow, Inside } from './environment.ts';

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** What the issuer of a data folder signs with, and its public half. */
export const signerOf = async (dataDir: string): Promise<Pick<Inside, 'publicKeyPem' | 'sign'>> => {
  const { signingKey } = await loadLoginKeys(dataDir);
  const privateKey = createPrivateKey({ key: { ...signingKey }, format: 'jwk' });
  return {
    publicKeyPem: createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString(),
    sign(claims, header = {}) {
      const head = base64url({ alg: 'RS256', kid: signingKey.kid, typ: 'at+jwt', ...header });
      const signed = `${head}.${base64url(claims)}`;
      return `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`;
    },
  };
};

type Items = readonly Readonly<Record<string, unknown>>[];

const scan = async (dynamodb: ReturnType<typeof makeDynamodb>, TableName: string): Promise<Items> => {
  const items: Record<string, unknown>[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const answer = await dynamodb.send(
      new ScanCommand({ TableName, ConsistentRead: true, ...(from ? { ExclusiveStartKey: from } : {}) }),
    );
    items.push(...(answer.Items ?? []));
    from = answer.LastEvaluatedKey;
  } while (from);
  return items;
};

const AuditItem = z.object({
  at: z.string(),
  actor: z.string(),
  deed: z.string(),
  subjects: z.array(z.string()),
  facts: z.record(z.string(), z.unknown()),
  correlationId: z.string(),
});

/** Reads the tables past every door. */
export const tablesSeen = (
  dynamodb: ReturnType<typeof makeDynamodb>,
  { coreTable, auditTable }: { readonly coreTable: string; readonly auditTable: string },
): Pick<Inside, 'storedItems' | 'auditOf'> => ({
  storedItems: async () => (await scan(dynamodb, coreTable)).map((item) => JSON.stringify(item)).toSorted(),
  async auditOf(tenant) {
    const items = (await scan(dynamodb, auditTable)).filter(({ pk }) => String(pk).startsWith(`T#${tenant}#`));
    return items
      .toSorted((a, b) => (String(a.sk) < String(b.sk) ? -1 : 1))
      .map((item): AuditRow => AuditItem.parse(item));
  },
});

const Line = z.record(z.string(), z.unknown());

/** A printed line as JSON, or nothing when it is none. */
export const parseLine = (line: string): Readonly<Record<string, unknown>>[] => {
  try {
    return [Line.parse(JSON.parse(line))];
  } catch {
    return [];
  }
};
