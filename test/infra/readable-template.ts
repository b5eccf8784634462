import type { Resource, StackTemplate } from './synthesized.ts';

const WIDTH = 120;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The hash that CDK hangs on ids, `IntakeWorkerLogs532A6B74`, and the hash of a bundle. */
const withoutHashes = (text: string): string =>
  text.replaceAll(/\b[0-9a-f]{64}\b/gu, '<hash>').replaceAll(/(?<=[A-Za-z])[0-9A-F]{8}(?![0-9A-Za-z])/gu, '');

/** Writes references as one reads them: `${CoreTable.Arn}/index/lists`. */
const shortened = (value: unknown): unknown => {
  if (typeof value === 'string') return withoutHashes(value);
  if (Array.isArray(value)) return value.map(shortened);
  if (!isObject(value)) return value;
  if ('Ref' in value) return `\${${withoutHashes(String(value.Ref))}}`;
  if ('Fn::ImportValue' in value) {
    return `\${import ${withoutHashes(String(value['Fn::ImportValue'])).replace('ExportsOutput', '')}}`;
  }
  const attribute = value['Fn::GetAtt'];
  if (Array.isArray(attribute)) return `\${${attribute.map((part) => withoutHashes(String(part))).join('.')}}`;
  if (value.Type === 'AWS::ApiGatewayV2::Route' && isObject(value.Properties)) {
    const properties = shortened(value.Properties);
    return isObject(properties) ? routeLine(properties) : properties;
  }
  const join = value['Fn::Join'];
  if (Array.isArray(join) && Array.isArray(join[1])) return join[1].map(shortened).join(String(join[0]));
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, part]) => [withoutHashes(key), shortened(part)]),
  );
};

/** JSON with everything that fits on a line on one line. */
const laidOut = (value: unknown, indent: string, prefixLength: number): string => {
  const oneLine = JSON.stringify(value, null, 1).replaceAll(/\n\s*/gu, ' ');
  if (indent.length + prefixLength + oneLine.length <= WIDTH || typeof value !== 'object' || value === null)
    return oneLine;
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    return `[\n${value.map((part) => inner + laidOut(part, inner, 0)).join(',\n')}\n${indent}]`;
  }
  const lines = Object.entries(value).map(([key, part]) => {
    const name = `${JSON.stringify(key)}: `;
    return inner + name + laidOut(part, inner, name.length);
  });
  return `{\n${lines.join(',\n')}\n${indent}}`;
};

/** A gateway route in one line: where it leads and what a caller must bring. */
const routeLine = (properties: Readonly<Record<string, unknown>>): string => {
  const { RouteKey, Target, AuthorizationType, AuthorizerId, AuthorizationScopes, ...rest } = properties;
  const login = AuthorizerId === undefined ? AuthorizationType : `${AuthorizationType} ${AuthorizerId}`;
  const others = Object.keys(rest).filter((name) => name !== 'ApiId');
  return `${RouteKey} -> ${Target}, ${login}, scopes ${JSON.stringify(AuthorizationScopes ?? [])}${others.length > 0 ? ` ${JSON.stringify(rest)}` : ''}`;
};

const isRoute = (resource: Resource): boolean => resource.Type === 'AWS::ApiGatewayV2::Route';

/**
 * A template as a reviewer wants to read it: sorted, references in short form, a line for each route, without hashes
 * that change with every bundle. Throws when two ids would become the same, since one of them would then be hidden.
 */
export const readableTemplate = (template: StackTemplate): string => {
  const entries = Object.entries(template.Resources);
  const short = new Set(entries.map(([id]) => withoutHashes(id)));
  if (short.size !== entries.length) throw new Error('Two logical ids differ by their hash only');
  const routes = entries.filter(([, resource]) => isRoute(resource));
  const others = entries.filter(([, resource]) => !isRoute(resource));
  const outputs = Object.entries(template.Outputs ?? {}).map(([id, { Value }]) => [id, Value]);
  const readable = {
    Parameters: template.Parameters ?? {},
    ...(template.Conditions === undefined ? {} : { Conditions: template.Conditions }),
    ...(routes.length === 0 ? {} : { Routes: Object.fromEntries(routes) }),
    Resources: Object.fromEntries(others),
    Outputs: Object.fromEntries(outputs),
  };
  return `${laidOut(shortened(readable), '', 0)}\n`;
};
