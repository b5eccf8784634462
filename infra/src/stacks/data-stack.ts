import { AUDIT_TABLE, CORE_TABLE } from '@gruppstart/store/tables';
import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { CustomerKey } from '../constructs/customer-key.ts';
import type { DataResources } from '../constructs/data-rights.ts';
import { DeclaredTable } from '../constructs/declared-table.ts';
import { PrivateBucket } from '../constructs/private-bucket.ts';

/** What must survive everything else: keys, tables and the bucket, in a stack that is deployed on its own. */
export class DataStack extends Stack {
  readonly resources: DataResources;

  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, { ...props, terminationProtection: true });
    const dataKey = new CustomerKey(this, 'DataKey', { description: 'Gruppstart: tables, queues and bucket' }).key;
    const vaultKey = new CustomerKey(this, 'VaultKey', {
      description: 'Gruppstart: the vault of personal data, and nothing else',
    }).key;
    this.resources = {
      dataKey,
      vaultKey,
      coreTable: new DeclaredTable(this, 'CoreTable', { declaration: CORE_TABLE, key: dataKey }).table,
      auditTable: new DeclaredTable(this, 'AuditTable', { declaration: AUDIT_TABLE, key: dataKey }).table,
      bucket: new PrivateBucket(this, 'Bucket', { key: dataKey, uploadDays: 7 }).bucket,
    };
  }
}
