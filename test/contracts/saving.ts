/** Saving documents of any kind, for the contracts that need some to be there. */
import type { TenantId } from '@gruppstart/domain/shared/ids';
import type { DocumentKind, Documents, Store } from '@gruppstart/usecases/ports/store';
import { expect } from 'vitest';
import { aTransaction } from './builders.ts';

export type AnyDocument = {
  readonly [K in DocumentKind]: { readonly kind: K; readonly value: Documents[K] };
}[DocumentKind];

export const save = (document: AnyDocument, expected: number | null) =>
  ({ change: 'save', ...document, expected }) as const;

export const saveAll = async (store: Store, tenant: TenantId, documents: readonly AnyDocument[]): Promise<void> => {
  const result = await store.commit(tenant, aTransaction(documents.map((document) => save(document, null))));
  expect(result).toEqual({ ok: true });
};
