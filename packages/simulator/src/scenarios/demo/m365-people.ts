/** Names that people are called by. */
export const FIRST = [
  'Ana',
  'Bruno',
  'Carla',
  'Diego',
  'Elisa',
  'Felipe',
  'Gabriela',
  'Heitor',
  'Isabela',
  'João',
  'Karina',
  'Lucas',
  'Mariana',
  'Natália',
  'Otávio',
  'Paula',
  'Rafael',
  'Sofia',
  'Thiago',
  'Vitória',
];
export const LAST = [
  'Almeida',
  'Barbosa',
  'Cardoso',
  'Duarte',
  'Esteves',
  'Ferreira',
  'Gonçalves',
  'Lima',
  'Moreira',
  'Nogueira',
  'Oliveira',
  'Pereira',
  'Queiroz',
  'Ribeiro',
  'Santos',
  'Teixeira',
];
/** Departments with their share of people; the same names as the tags of the clouds. */
export const DEPARTMENTS = [
  ['Engineering', 'Software Engineer', 0.34],
  ['Sales', 'Account Executive', 0.2],
  ['Operations', 'Operator', 0.2],
  ['Finance', 'Analyst', 0.1],
  ['Marketing', 'Designer', 0.1],
  ['People', 'Recruiter', 0.06],
] as const;

/** Department and job title of somebody at that share of all people. */
export function departmentAt(share: number): readonly [string, string] {
  let sum = 0;
  for (const [department, title, part] of DEPARTMENTS) {
    sum += part;
    if (share < sum) return [department, title];
  }
  return ['Operations', 'Operator'];
}
