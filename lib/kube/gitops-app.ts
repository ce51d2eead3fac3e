import { App, type AppProps } from 'cdk8s';
export interface GitOpsAppProps extends AppProps {
  readonly folder?: string;
}
export class GitOpsApp extends App {
  constructor(props: GitOpsAppProps = {}) {
    super(props);
  }
}
