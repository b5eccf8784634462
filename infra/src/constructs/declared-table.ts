import type { TableDeclaration } from '@gruppstart/store/tables';
import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { keepLogicalId } from './stable-id.ts';

export interface DeclaredTableProps {
  readonly declaration: TableDeclaration;
  readonly key: IKey;
}

const stringKey = (name: string) => ({ name, type: AttributeType.STRING });

/**
 * A table as `store` declares it: paid by request, encrypted with our key, restorable to any second of the last 35
 * days, protected against deletion and kept when its stack goes.
 */
export class DeclaredTable extends Construct {
  readonly table: Table;

  constructor(scope: Construct, id: string, props: DeclaredTableProps) {
    super(scope, id);
    const { declaration } = props;
    this.table = new Table(this, 'Table', {
      partitionKey: stringKey(declaration.partitionKey),
      sortKey: stringKey(declaration.sortKey),
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: props.key,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: 35 },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
      ...(declaration.timeToLiveAttribute === null ? {} : { timeToLiveAttribute: declaration.timeToLiveAttribute }),
    });
    for (const index of declaration.indexes) {
      this.table.addGlobalSecondaryIndex({
        indexName: index.name,
        partitionKey: stringKey(index.partitionKey),
        sortKey: stringKey(index.sortKey),
        projectionType: ProjectionType.ALL,
      });
    }
    keepLogicalId(this.table, id);
  }
}
