import { pinOf } from './pin';

describe('pinOf', () => {
  it.each([
    ['a==1', 'a', '1'],
    ['Zope.Interface==5.4', 'Zope.Interface', '5.4'],
    ['ruamel_yaml==0.1+x', 'ruamel_yaml', '0.1+x'],
    ['a-b==1!2.0.post1', 'a-b', '1!2.0.post1'],
  ])('takes %s', (line, name, version) => {
    expect(pinOf(line)).toEqual({ name, version });
  });

  it.each([
    '',
    'a',
    'a==',
    '==1',
    'a>=1',
    'a===1',
    'a==1.*',
    'a == 1',
    ' a==1',
    'a==1\n',
    'a[x]==1',
    'a==1 ; python_version<"3"',
    'a==1 --hash=sha256:0',
    'a==1 # why',
    '-a==1',
    'a-==1',
    'a==-1',
    'a==1+',
    '--index-url https://x.example.com',
    'a @ file:///x',
    '-e .',
  ])('refuses %j', (line) => {
    expect(pinOf(line)).toBeUndefined();
  });
});
