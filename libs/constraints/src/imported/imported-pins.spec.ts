import { importedPins } from './imported-pins';

const text = `# Written elsewhere
Zope.Interface==5.4  # why
cryptography===3.0;python_version=='3.11'
cryptography===4.0;python_version>='3.12'
torch == 2.0+cpu
-e git+https://host.example.com/a#egg=a
b @ https://host.example.com/b.whl
c>=1
d==1; color == 'red'
`;

it.each([
  ['3.11', '3.0'],
  ['3.13', '4.0'],
])('takes pins of either form that hold for Python %s, and passes over all else by its line', (python, version) => {
  const { pins, passedOver } = importedPins(text, { python });
  expect([...pins]).toEqual([
    ['zope-interface', '5.4'],
    ['cryptography', version],
    ['torch', '2.0+cpu'],
  ]);
  expect(passedOver).toEqual([
    '-e git+https://host.example.com/a#egg=a',
    'b @ https://host.example.com/b.whl',
    'c>=1',
    "d==1; color == 'red'",
  ]);
});
