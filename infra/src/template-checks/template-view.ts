/** A JSON object of a template, before anything is known of its shape. */
export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The object at a name, or an empty one: a missing part and a part of the wrong shape are the same finding. */
export const fieldsAt = (value: unknown, name: string): Fields => {
  const found = isFields(value) ? value[name] : undefined;
  return isFields(found) ? found : {};
};

/** CloudFormation takes one thing where a list may stand. */
export const listOf = (value: unknown): readonly unknown[] => {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
};

/** The number of a property; that of the first branch when the template leaves it to a condition. */
export const numberOf = (value: unknown): number | null => {
  if (isFields(value)) return numberOf(listOf(value['Fn::If'])[1]);
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^\d+$/u.test(value) ? Number(value) : null;
};

/** A synthesized template as it lies in the cloud assembly. */
export interface Template {
  readonly Resources: Readonly<Record<string, Fields>>;
  readonly Outputs?: Readonly<Record<string, Fields>>;
  readonly Parameters?: Readonly<Record<string, Fields>>;
}

/** The templates of an app by the name of their stack. */
export type Templates = Readonly<Record<string, Template>>;

/** A resource and where it stands. */
export interface Placed {
  readonly stack: string;
  readonly id: string;
  readonly type: string;
  readonly properties: Fields;
  /** The whole element, with its deletion policy and what it waits for. */
  readonly element: Fields;
}

/** What a reference leads to, across stacks. */
export interface Target {
  readonly stack: string;
  readonly id: string;
}

export interface TemplateView {
  readonly templates: Templates;
  all(...types: readonly string[]): readonly Placed[];
  /** Follows `Ref`, `Fn::GetAtt`, `Fn::ImportValue` and a text with one reference in it; null for anything else. */
  target(from: { readonly stack: string }, value: unknown): Target | null;
  /** The resource that a reference leads to. */
  resource(from: { readonly stack: string }, value: unknown): Placed | null;
}

export const sameTarget = (a: Target | null, b: Target | null): boolean =>
  a !== null && b !== null && a.stack === b.stack && a.id === b.id;

/** Reads several templates as one app, so that a check can follow a reference from one stack into another. */
export const viewOf = (templates: Templates): TemplateView => {
  const placed = Object.entries(templates).flatMap(([stack, { Resources }]) =>
    Object.entries(Resources).map(
      ([id, element]): Placed => ({
        stack,
        id,
        type: String(element.Type),
        properties: fieldsAt(element, 'Properties'),
        element,
      }),
    ),
  );
  const byPlace = new Map(placed.map((each) => [`${each.stack}/${each.id}`, each]));
  const byType = Map.groupBy(placed, ({ type }) => type);
  const exported = new Map<string, { readonly stack: string; readonly value: unknown }>();
  for (const [stack, { Outputs }] of Object.entries(templates)) {
    for (const output of Object.values(Outputs ?? {})) {
      const { Name } = fieldsAt(output, 'Export');
      if (typeof Name === 'string') exported.set(Name, { stack, value: output.Value });
    }
  }

  const target = (from: { readonly stack: string }, value: unknown): Target | null => {
    if (!isFields(value)) return null;
    if (typeof value.Ref === 'string') return { stack: from.stack, id: value.Ref };
    const [owner] = listOf(value['Fn::GetAtt']);
    if (typeof owner === 'string') return { stack: from.stack, id: owner.split('.')[0] ?? owner };
    const origin = exported.get(String(value['Fn::ImportValue']));
    if (origin !== undefined) return target(origin, origin.value);
    const targets = listOf(listOf(value['Fn::Join'])[1])
      .map((part) => target(from, part))
      .filter((found) => found !== null && !found.id.startsWith('AWS::'));
    return targets.length === 1 ? (targets[0] ?? null) : null;
  };

  return {
    templates,
    all: (...types) => types.flatMap((type) => byType.get(type) ?? []),
    target,
    resource: (from, value) => {
      const found = target(from, value);
      return found === null ? null : (byPlace.get(`${found.stack}/${found.id}`) ?? null);
    },
  };
};
