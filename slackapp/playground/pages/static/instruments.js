// The instruments beside the workspace.

export {};
