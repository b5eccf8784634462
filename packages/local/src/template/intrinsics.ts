import { isObject, TemplateError, type TemplateObject, type TemplateValue } from './template-value.ts';

/** What an intrinsic function may ask of its stack and of the other stacks. */
export interface ResolveContext {
  readonly stackName: string;
  /** Ref to a parameter, a pseudo parameter or a resource. */
  ref(logicalId: string): TemplateValue;
  getAtt(logicalId: string, attribute: string): TemplateValue;
  importValue(exportName: string): TemplateValue;
  /** The stack's own condition by name, unresolved. */
  condition(name: string): TemplateValue;
}

const DROPPED = Symbol('AWS::NoValue');

/**
 * Replaces every intrinsic function in a value. An intrinsic that is not known here is an error and never passed
 * through: half a template would start half a product.
 */
export function resolveValue(value: TemplateValue, context: ResolveContext): TemplateValue {
  const resolved = resolveNode(value, context);
  if (resolved === DROPPED) return null;
  return resolved;
}

type Resolved = TemplateValue | typeof DROPPED;

function resolveNode(value: TemplateValue, context: ResolveContext): Resolved {
  if (Array.isArray(value)) {
    return value
      .map((item: TemplateValue) => resolveNode(item, context))
      .filter((item): item is TemplateValue => item !== DROPPED);
  }
  if (!isObject(value)) return value;
  const keys = Object.keys(value);
  const only = keys.length === 1 ? keys[0] : undefined;
  if (only !== undefined && (only === 'Ref' || only === 'Condition' || only.startsWith('Fn::'))) {
    const argument = value[only];
    if (argument === undefined) throw new TemplateError(`${context.stackName}: ${only} without an argument`);
    // An IAM policy statement has a key named Condition too, with an object in it.
    if (only !== 'Condition' || typeof argument === 'string') return applyIntrinsic(only, argument, context);
  }
  const result: Record<string, TemplateValue> = {};
  for (const [key, item] of Object.entries(value)) {
    const resolved = resolveNode(item, context);
    if (resolved !== DROPPED) result[key] = resolved;
  }
  return result;
}

function applyIntrinsic(name: string, argument: TemplateValue, context: ResolveContext): Resolved {
  switch (name) {
    case 'Ref': {
      const id = text(argument, name, context);
      return id === 'AWS::NoValue' ? DROPPED : context.ref(id);
    }
    case 'Fn::GetAtt': {
      const [id, attribute] =
        typeof argument === 'string'
          ? splitOnce(argument)
          : list(argument, name, context).map((part) => text(part, name, context));
      if (id === undefined || attribute === undefined) throw malformed(name, context);
      return context.getAtt(id, attribute);
    }
    case 'Fn::Join': {
      const [separator, parts] = list(argument, name, context);
      return list(resolveValue(parts ?? null, context), name, context)
        .map((part) => scalarText(part, name, context))
        .join(text(separator, name, context));
    }
    case 'Fn::Sub':
      return substitute(argument, context);
    case 'Fn::Select': {
      const [index, items] = list(argument, name, context);
      const chosen = list(resolveValue(items ?? null, context), name, context)[
        Number(resolveValue(index ?? null, context))
      ];
      if (chosen === undefined) throw malformed(name, context);
      return chosen;
    }
    case 'Fn::Split': {
      const [separator, whole] = list(argument, name, context);
      return text(resolveValue(whole ?? null, context), name, context).split(text(separator, name, context));
    }
    case 'Fn::ImportValue':
      return context.importValue(text(resolveValue(argument, context), name, context));
    case 'Fn::If': {
      const [condition, whenTrue, whenFalse] = list(argument, name, context);
      return resolveNode((holds({ Condition: condition ?? null }, context) ? whenTrue : whenFalse) ?? null, context);
    }
    case 'Fn::Equals':
    case 'Fn::Not':
    case 'Fn::And':
    case 'Fn::Or':
    case 'Condition':
      return holds({ [name]: argument }, context);
    default:
      throw new TemplateError(`${context.stackName}: the laptop does not know the intrinsic function ${name}`);
  }
}

function holds(condition: TemplateValue, context: ResolveContext): boolean {
  if (!isObject(condition)) throw malformed('Condition', context);
  const [entry] = Object.entries(condition);
  if (entry === undefined) throw malformed('Condition', context);
  const [name, argument] = entry;
  switch (name) {
    case 'Condition':
      return holds(context.condition(text(argument, name, context)), context);
    case 'Fn::Equals': {
      const [left, right] = list(argument, name, context).map((side) => resolveValue(side, context));
      return String(left) === String(right);
    }
    case 'Fn::Not':
      return !list(argument, name, context).every((part) => holds(part, context));
    case 'Fn::And':
      return list(argument, name, context).every((part) => holds(part, context));
    case 'Fn::Or':
      return list(argument, name, context).some((part) => holds(part, context));
    default:
      throw new TemplateError(`${context.stackName}: ${name} cannot stand in a condition`);
  }
}

function substitute(argument: TemplateValue, context: ResolveContext): string {
  const [template, given] = typeof argument === 'string' ? [argument, undefined] : list(argument, 'Fn::Sub', context);
  const variables: TemplateObject = isObject(given) ? given : {};
  return text(template, 'Fn::Sub', context).replace(/\$\{(!?)([^}]+)\}/g, (_whole, literal: string, name: string) => {
    if (literal === '!') return `\${${name}}`;
    const own = variables[name];
    if (own !== undefined) return scalarText(resolveValue(own, context), 'Fn::Sub', context);
    const [id, attribute] = splitOnce(name);
    const found = attribute === undefined ? context.ref(id) : context.getAtt(id, attribute);
    return scalarText(found, 'Fn::Sub', context);
  });
}

function splitOnce(path: string): [string, string | undefined] {
  const dot = path.indexOf('.');
  return dot < 0 ? [path, undefined] : [path.slice(0, dot), path.slice(dot + 1)];
}

function text(value: TemplateValue | undefined, name: string, context: ResolveContext): string {
  if (typeof value !== 'string') throw malformed(name, context);
  return value;
}

function scalarText(value: TemplateValue, name: string, context: ResolveContext): string {
  if (value === null || typeof value === 'object') throw malformed(name, context);
  return String(value);
}

function list(value: TemplateValue | undefined, name: string, context: ResolveContext): readonly TemplateValue[] {
  if (!Array.isArray(value)) throw malformed(name, context);
  return value;
}

function malformed(name: string, context: ResolveContext): TemplateError {
  return new TemplateError(`${context.stackName}: ${name} has an argument of the wrong shape`);
}
