export { history, historyOf, written } from './history';
export type { Example } from './history';
export { play } from './play';
export type { Course } from './play';
export { faultsIn } from './ledger';
