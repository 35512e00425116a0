/** The name is one of the table's own. */
export const nameIn = <Table extends object>(table: Table, name: string): name is Extract<keyof Table, string> => Object.hasOwn(table, name);
