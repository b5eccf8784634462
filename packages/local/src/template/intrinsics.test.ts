// biome-ignore-all lint/suspicious/noTemplateCurlyInString: CloudFormation has placeholders of the same shape
import { describe, expect, test } from 'vitest';
import { type ResolveContext, resolveValue } from './intrinsics.ts';
import { TemplateError, type TemplateValue } from './template-value.ts';

const CONTEXT: ResolveContext = {
  stackName: 'App',
  ref: (id) => ({ Region: 'eu-north-1', Zones: ['a', 'b'] })[id] ?? `ref-${id}`,
  getAtt: (id, attribute) => `${id}/${attribute}`,
  importValue: (name) => `imported-${name}`,
  condition: (name) => ({ 'Fn::Equals': [name, 'Yes'] }),
};

describe('intrinsic functions', () => {
  test.each<[string, TemplateValue, TemplateValue]>([
    ['Ref', { Ref: 'Region' }, 'eu-north-1'],
    ['Ref to nothing drops the property', { a: 1, b: { Ref: 'AWS::NoValue' } }, { a: 1 }],
    ['Fn::GetAtt as a list', { 'Fn::GetAtt': ['Queue', 'Arn'] }, 'Queue/Arn'],
    ['Fn::GetAtt as text', { 'Fn::GetAtt': 'Queue.Arn' }, 'Queue/Arn'],
    ['Fn::Join of resolved parts', { 'Fn::Join': ['-', ['a', { Ref: 'Region' }, 7]] }, 'a-eu-north-1-7'],
    ['Fn::Sub', { 'Fn::Sub': '${Region}:${Queue.Arn}:${!Kept}' }, 'eu-north-1:Queue/Arn:${Kept}'],
    [
      'Fn::Sub with its own variables',
      { 'Fn::Sub': ['${Own}-${Region}', { Own: { Ref: 'Region' } }] },
      'eu-north-1-eu-north-1',
    ],
    ['Fn::Select', { 'Fn::Select': [1, { Ref: 'Zones' }] }, 'b'],
    ['Fn::Split', { 'Fn::Split': [',', 'a,b'] }, ['a', 'b']],
    ['Fn::Select of Fn::Split', { 'Fn::Select': ['0', { 'Fn::Split': [':', 'a:b'] }] }, 'a'],
    ['Fn::ImportValue', { 'Fn::ImportValue': { 'Fn::Sub': 'Data:${Region}' } }, 'imported-Data:eu-north-1'],
    ['Fn::If that holds', { 'Fn::If': ['Yes', 'a', 'b'] }, 'a'],
    ['Fn::If that does not hold', { 'Fn::If': ['No', 'a', { Ref: 'Region' }] }, 'eu-north-1'],
    ['Fn::And', { 'Fn::And': [{ Condition: 'Yes' }, { 'Fn::Not': [{ Condition: 'No' }] }] }, true],
    ['Fn::Or', { 'Fn::Or': [{ Condition: 'No' }, { Condition: 'Nope' }] }, false],
    [
      'the Condition of a policy statement is left alone',
      { Condition: { Bool: { x: 'true' } } },
      { Condition: { Bool: { x: 'true' } } },
    ],
    ['plain values', { a: [1, 'two', null, true] }, { a: [1, 'two', null, true] }],
  ])('%s', (_name, value, expected) => {
    expect(resolveValue(value, CONTEXT)).toEqual(expected);
  });

  test.each<[string, TemplateValue]>([
    ['Fn::Join without a list', { 'Fn::Join': 'a' }],
    ['Fn::Select beyond the end', { 'Fn::Select': [5, ['a']] }],
    ['Fn::Sub of an object', { 'Fn::Sub': { a: 1 } }],
    ['an unknown function', { 'Fn::Transform': {} }],
    ['Ref to a number', { Ref: 1 }],
  ])('%s is refused', (_name, value) => {
    expect(() => resolveValue(value, CONTEXT)).toThrow(TemplateError);
  });
});
