import { createTemporaryFolder } from './temporaryFolder';

// jest wants a default export here.
export default createTemporaryFolder;
