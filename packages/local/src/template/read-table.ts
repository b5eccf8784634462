import type { KeyAttribute, TableIndexModel, TableModel } from './model.ts';
import type { Resource } from './resources.ts';
import { type FieldReader, TemplateError } from './template-value.ts';

/** A table of either type; both are declared alike in all that the laptop reads. */
export function readTable({ physicalName, properties }: Resource): TableModel {
  const fields = properties();
  if (fields.objects('LocalSecondaryIndexes').length > 0)
    throw new TemplateError(`${fields.place}: the laptop has no local indexes`);
  const types = new Map(
    fields
      .objects('AttributeDefinitions')
      .map((attribute) => [attribute.string('AttributeName'), attribute.string('AttributeType')]),
  );
  const timeToLive = fields.optionalObject('TimeToLiveSpecification');
  const expires = timeToLive !== null && timeToLive.raw('Enabled') === true;
  return {
    name: physicalName,
    ...readKeys(fields, types),
    indexes: fields.objects('GlobalSecondaryIndexes').map((index) => readIndex(index, types)),
    timeToLiveAttribute: expires ? timeToLive.string('AttributeName') : null,
  };
}

function readIndex(fields: FieldReader, types: ReadonlyMap<string, string>): TableIndexModel {
  const projection = fields.object('Projection');
  const kind = projection.string('ProjectionType');
  if (kind !== 'ALL' && kind !== 'KEYS_ONLY' && kind !== 'INCLUDE')
    throw new TemplateError(`${fields.place}: unknown projection ${kind}`);
  return {
    name: fields.string('IndexName'),
    ...readKeys(fields, types),
    projection: kind,
    nonKeyAttributes: projection.strings('NonKeyAttributes'),
  };
}

function readKeys(
  fields: FieldReader,
  types: ReadonlyMap<string, string>,
): { readonly partitionKey: KeyAttribute; readonly sortKey: KeyAttribute | null } {
  const keyOf = (keyType: string): KeyAttribute | null => {
    const entry = fields.objects('KeySchema').find((key) => key.string('KeyType') === keyType);
    if (entry === undefined) return null;
    const name = entry.string('AttributeName');
    const type = types.get(name);
    if (type !== 'S' && type !== 'N' && type !== 'B')
      throw new TemplateError(`${entry.place}: ${name} has no attribute definition`);
    return { name, type };
  };
  const partitionKey = keyOf('HASH');
  if (partitionKey === null) throw new TemplateError(`${fields.place}: no HASH key`);
  return { partitionKey, sortKey: keyOf('RANGE') };
}
