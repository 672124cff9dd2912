/** Who we are, for package.json files, licences and workflows. */
export const identity = {
  scope: '@eks-sightline',
  repository: 'https://github.com/eks-sightline/sightline.git',
  repositoryPage: 'https://github.com/eks-sightline/sightline',
  docs: 'https://eks-sightline.github.io/sightline',
  author: 'Sightline contributors',
  goModule: 'github.com/eks-sightline/sightline',
  branch: 'main',
  /** First version; a release workflow run names the next ones. */
  version: '0.1.0',
  minNodeVersion: '20.0.0',
} as const;
