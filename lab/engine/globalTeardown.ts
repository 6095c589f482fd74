import { removeTemporaryFolder } from './temporaryFolder';

// jest wants a default export here.
export default removeTemporaryFolder;
