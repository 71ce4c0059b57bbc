import { endpoints, type Role, type SessionInfo } from '@countroom/contracts';
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { sessionKey, useApiClient } from './api-provider';
import { type Permission, permissionOf } from './permissions';

/** Who is asking. */
export function useSession(): UseQueryResult<SessionInfo> {
  const api = useApiClient();
  return useQuery({
    queryKey: sessionKey,
    queryFn: ({ signal }) => api.call(endpoints.auth.session, { signal }),
    staleTime: 60_000,
    refetchInterval: 300_000,
  });
}

/** Whether the person at this page may do what needs the role. */
export function usePermission(role: Role, detector?: string): Permission {
  return permissionOf(useSession().data, role, detector);
}
