import { afterAll, describe, expect, test } from 'vitest';
import { FUNCTIONS, type SynthesizedApp, synthesizeOnce } from './synthesized.ts';
import { resourcesOf, rightsOf } from './template-reader.ts';

const NAME = 'gruppstart-core-2027-02-01';

/** What a deployment with a restored table changes, and what it leaves alone. */
export const describeRestoredTable = (ordinary: SynthesizedApp) =>
  describe('with a restored table in place of core', () => {
    const restored = synthesizeOnce({ restoredCoreTable: NAME });
    afterAll(restored.remove);

    const idsOf = (): readonly string[] => resourcesOf(restored.app, 'AWS::Lambda::Function').map(([id]) => id);
    const environmentOf = (app: typeof restored.app, id: string): Readonly<Record<string, unknown>> => {
      const environment = app.Resources[id]?.Properties.Environment;
      return (environment as { readonly Variables: Readonly<Record<string, unknown>> } | undefined)?.Variables ?? {};
    };

    test('every function that works on data is told its name, and that it was restored', () => {
      expect(idsOf()).toHaveLength(FUNCTIONS.length);
      for (const id of idsOf().filter((each) => each !== 'DocsFunction')) {
        expect(environmentOf(restored.app, id), id).toMatchObject({ CORE_TABLE: NAME, CORE_TABLE_RESTORED: NAME });
      }
      expect(environmentOf(restored.app, 'DocsFunction')).toEqual({});
    });

    test('nothing has a right to the old table, and each has on the new one what it had on the old', () => {
      const address = new RegExp(`^arn:aws:dynamodb:eu-north-1:AWS::AccountId:table/${NAME}(?=/|$)`, 'u');
      for (const id of idsOf()) {
        const before = rightsOf(ordinary, id).map(({ action, on }) => `${action} ${on}`);
        const after = rightsOf(restored, id).map(
          ({ action, on }) => `${action} ${on.replace(address, 'CoreTable.Arn')}`,
        );
        expect(after, id).toEqual(before);
        expect(rightsOf(restored, id).filter(({ on }) => on.startsWith('CoreTable'))).toEqual([]);
      }
    });

    test('the old table stays as it is, and so does what the stack tells others of it while they still read it', () => {
      expect(restored.data.Resources).toEqual(ordinary.data.Resources);
      expect(restored.data.Outputs).toEqual(ordinary.data.Outputs);
    });

    test('nothing else differs', () => {
      const kinds = (template: typeof restored.app) =>
        Object.fromEntries(Object.entries(template.Resources).map(([id, { Type }]) => [id, Type]));
      expect(kinds(restored.app)).toEqual(kinds(ordinary.app));
      expect(restored.ops).toEqual(ordinary.ops);
      for (const id of idsOf()) expect(environmentOf(ordinary.app, id)).not.toHaveProperty('CORE_TABLE_RESTORED');
    });

    test.each(['', 'x', 'two words', 'arn:aws:dynamodb:eu-north-1:1:table/core', 'a'.repeat(256)])(
      'what cannot be the name of a table is refused: %j',
      (name) => {
        expect(() => synthesizeOnce({ restoredCoreTable: name })).toThrow(/name of a table/u);
      },
    );
  });
