/** @jest-environment-options {"speed": 10} */
import { describeFaults } from '../../lab/faults/suite';

describeFaults({ eachKind: [1, 20], allKinds: [2, 40], retryOnFail: [1, 80], leastStruck: 0.03 });
