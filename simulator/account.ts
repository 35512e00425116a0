/** Who a connection is to its broker. */
export interface Account {
  readonly username: string;
  readonly password: string;
}
