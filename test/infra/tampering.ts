import type { Templates } from '@gruppstart/infra/template-checks/template-view';

type Loose = Record<string, unknown>;

const isLoose = (value: unknown): value is Loose => typeof value === 'object' && value !== null;

/** Changes a copy of the templates by logical id (without CDK's hash) and dotted path; ids are looked up in all stacks. */
export interface Tampering {
  /** Sets a property: `set('CoreTable', 'KeySchema.0.KeyType', 'RANGE')`. */
  set(id: string, path: string, value: unknown): void;
  drop(id: string, path: string): void;
  get(id: string, path: string): unknown;
  /** Sets something beside the properties, such as `DeletionPolicy`. */
  setOnElement(id: string, name: string, value: unknown): void;
  remove(id: string): void;
  /** Adds a resource beside another one. */
  addBeside(id: string, newId: string, type: string, properties: Loose): void;
  parameter(id: string): Loose;
  output(id: string): Loose;
}

const withoutHash = (id: string): string => id.replace(/[0-9A-F]{8}$/u, '');

const tamperingWith = (templates: Readonly<Record<string, Record<string, unknown>>>): Tampering => {
  const section = (stack: Loose, name: string): Loose => {
    const found = stack[name];
    return isLoose(found) ? found : {};
  };
  const sectionWith = (name: string, id: string): readonly [Loose, string] => {
    for (const template of Object.values(templates)) {
      const elements = section(template, name);
      const full = Object.keys(elements).find((each) => each === id || withoutHash(each) === id);
      if (full !== undefined) return [elements, full];
    }
    throw new Error(`${name} have no ${id}`);
  };
  const element = (name: string, id: string): Loose => {
    const [elements, full] = sectionWith(name, id);
    return section(elements, full);
  };
  /** The object that holds the last part of a path, made on the way when it is missing. */
  const holder = (id: string, path: string): readonly [Loose, string] => {
    const parts = path.split('.');
    const last = parts.pop() ?? '';
    let current: Loose = element('Resources', id);
    for (const part of ['Properties', ...parts]) {
      const next = current[part] ?? {};
      if (!isLoose(next)) throw new Error(`${id}: ${part} of ${path} is no object`);
      current[part] = next;
      current = next;
    }
    return [current, last];
  };
  return {
    set: (id, path, value) => {
      const [owner, name] = holder(id, path);
      owner[name] = value;
    },
    drop: (id, path) => {
      const [owner, name] = holder(id, path);
      if (!(name in owner)) throw new Error(`${id} has no ${path} to drop`);
      if (Array.isArray(owner)) owner.splice(Number(name), 1);
      else delete owner[name];
    },
    get: (id, path) => {
      const [owner, name] = holder(id, path);
      return owner[name];
    },
    setOnElement: (id, name, value) => {
      element('Resources', id)[name] = value;
    },
    remove: (id) => {
      const [elements, full] = sectionWith('Resources', id);
      delete elements[full];
    },
    addBeside: (id, newId, type, properties) => {
      const [elements] = sectionWith('Resources', id);
      elements[newId] = { Type: type, Properties: properties };
    },
    parameter: (id) => element('Parameters', id),
    output: (id) => element('Outputs', id),
  };
};

/** A copy of the templates with a change. The clean ones stay as they are. */
export const tampered = (clean: Templates, change: (tampering: Tampering) => void): Templates => {
  const copy: Record<string, Record<string, unknown>> = JSON.parse(JSON.stringify(clean));
  change(tamperingWith(copy));
  return JSON.parse(JSON.stringify(copy));
};
