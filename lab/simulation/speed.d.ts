export function hasten(factor: number): () => void;
