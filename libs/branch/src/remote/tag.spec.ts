import { checkTag } from './tag';

it.each(['constraints-2.10.1', 'constraints-0.0.0', 'constraints-3.0.0rc2', 'constraints-3.0.0.post1'])(
  'takes %s',
  (tag) => expect(checkTag(tag)).toBe(tag),
);

it.each([
  'constraints-main',
  'constraints-2.10',
  '2.10.1',
  'constraints-2.10.1 ',
  'constraints-2.10.1\n',
  'constraints-1.2.3/x',
  '',
])('refuses %j', (tag) => expect(() => checkTag(tag)).toThrow(expect.objectContaining({ code: 'OptionInvalid' })));
