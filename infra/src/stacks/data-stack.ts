import { AUDIT_TABLE, CORE_TABLE } from '@gruppstart/store/tables';
import { Stack, type StackProps } from 'aws-cdk-lib';
import { type ITable, Table } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { CustomerKey } from '../constructs/customer-key.ts';
import type { DataResources } from '../constructs/data-rights.ts';
import { DeclaredTable } from '../constructs/declared-table.ts';
import { PrivateBucket } from '../constructs/private-bucket.ts';

export interface DataStackProps extends StackProps {
  /**
   * Name of a table that `core` was restored to, as it was at some moment. The functions then work on it, and not on the
   * table of this stack, which stays as it is.
   */
  readonly restoredCoreTable?: string;
}

/** What must survive everything else: keys, tables and the bucket, in a stack that is deployed on its own. */
export class DataStack extends Stack {
  readonly resources: DataResources;

  constructor(scope: Construct, id: string, props: DataStackProps) {
    super(scope, id, { ...props, terminationProtection: true });
    const dataKey = new CustomerKey(this, 'DataKey', { description: 'Gruppstart: tables, queues and bucket' }).key;
    const vaultKey = new CustomerKey(this, 'VaultKey', {
      description: 'Gruppstart: the vault of personal data, and nothing else',
    }).key;
    const coreTable = new DeclaredTable(this, 'CoreTable', { declaration: CORE_TABLE, key: dataKey }).table;
    this.resources = {
      dataKey,
      vaultKey,
      coreTable:
        props.restoredCoreTable === undefined ? coreTable : this.inPlaceOf(coreTable, props.restoredCoreTable, dataKey),
      auditTable: new DeclaredTable(this, 'AuditTable', { declaration: AUDIT_TABLE, key: dataKey }).table,
      bucket: new PrivateBucket(this, 'Bucket', { key: dataKey, uploadDays: 7 }).bucket,
    };
  }
  private inPlaceOf(coreTable: Table, tableName: string, encryptionKey: IKey): ITable {
    // This stack is deployed before the one that still reads these values: an export in use cannot be taken away.
    this.exportValue(coreTable.tableArn);
    this.exportValue(coreTable.tableName);
    return Table.fromTableAttributes(this, 'RestoredCoreTable', {
      tableName,
      globalIndexes: CORE_TABLE.indexes.map((index) => index.name),
      encryptionKey,
    });
  }
}
