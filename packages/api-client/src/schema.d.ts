// Made by `npm run openapi` from openapi.json; do not edit.

export type paths = {
    "/api/v1/orgs/{org}/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List audit entries, newest first */
        get: operations["auditList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/audit/actions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the actions that occur in the audit log */
        get: operations["auditActionList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/audit/export.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download the audit log as CSV */
        get: operations["auditExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/audit/verification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Check the hash chain of the audit log */
        get: operations["auditVerify"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/config": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the sign-in page needs to know */
        get: operations["configGet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign up; the answer is the same whether or not the address has an account */
        post: operations["authRegister"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/resend-verification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mail a fresh confirmation link for a waiting sign-up */
        post: operations["authVerificationResend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/verify-email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Confirm an e-mail address, which makes the account and signs the browser in */
        post: operations["authEmailVerify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in with a password */
        post: operations["authSignIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/sign-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End the session of this request; does nothing without one */
        post: operations["authSignOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/mfa": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Finish a sign-in with a code of the authenticator app or a recovery code */
        post: operations["authSecondFactor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Exchange a refresh token for new tokens; it works once */
        post: operations["authRefresh"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/forgot-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mail a reset link; the answer is the same whether or not the address has an account */
        post: operations["authPasswordForgot"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/reset-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Choose a new password with the token of a reset link; ends every session */
        post: operations["authPasswordReset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The signed-in person */
        get: operations["meGet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change name, language, time zone or theme */
        patch: operations["meUpdate"];
        trace?: never;
    };
    "/api/v1/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Choose a new password; ends the other sessions */
        post: operations["mePasswordChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Browsers and API clients that are signed in */
        get: operations["sessionList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/sessions/{sessionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End one session */
        delete: operations["sessionRevoke"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/sessions/revoke-others": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End every session but this one */
        post: operations["sessionRevokeOthers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/mfa": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether two-step sign-in is on */
        get: operations["mfaGet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/mfa/totp/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Get a seed for an authenticator app */
        post: operations["mfaTotpStart"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/mfa/totp/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Turn two-step sign-in on with a first code; ends the other sessions */
        post: operations["mfaTotpConfirm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/mfa/totp/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Turn two-step sign-in off; ends the other sessions */
        post: operations["mfaTotpDisable"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/mfa/recovery-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Replace the recovery codes; ends the other sessions */
        post: operations["mfaRecoveryCodesRenew"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List own API keys, newest first */
        get: operations["apiKeyList"];
        put?: never;
        /** Create an API key for one organization; its secret is shown once */
        post: operations["apiKeyCreate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/api-keys/{keyId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End an API key at once */
        delete: operations["apiKeyDelete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List your organizations */
        get: operations["organizationList"];
        put?: never;
        /** Create an organization and become its owner */
        post: operations["organizationCreate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read an organization */
        get: operations["organizationGet"];
        put?: never;
        post?: never;
        /** Schedule the deletion of an organization in 7 days */
        delete: operations["organizationDelete"];
        options?: never;
        head?: never;
        /** Rename an organization or change its address */
        patch: operations["organizationUpdate"];
        trace?: never;
    };
    "/api/v1/orgs/{org}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take back a scheduled deletion */
        post: operations["organizationRestore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the roles and their permissions */
        get: operations["roleMatrix"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the plan, its features and what is used of its limits */
        get: operations["planGet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List workspaces with your role in each */
        get: operations["workspaceList"];
        put?: never;
        /** Create a workspace */
        post: operations["workspaceCreate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a workspace */
        get: operations["workspaceGet"];
        put?: never;
        post?: never;
        /** Delete a workspace and everything in it */
        delete: operations["workspaceDelete"];
        options?: never;
        head?: never;
        /** Rename a workspace or change its address */
        patch: operations["workspaceUpdate"];
        trace?: never;
    };
    "/api/v1/orgs/{org}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List members with their roles */
        get: operations["memberList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/members/{memberId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove a member, or leave the organization */
        delete: operations["memberRemove"];
        options?: never;
        head?: never;
        /** Change a member's role */
        patch: operations["memberUpdate"];
        trace?: never;
    };
    "/api/v1/orgs/{org}/members/{memberId}/overrides/{inWorkspace}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Replace a member's role inside one workspace */
        put: operations["memberOverrideSet"];
        post?: never;
        /** Give a member's organization role back inside one workspace */
        delete: operations["memberOverrideRemove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List invitations, newest first */
        get: operations["invitationList"];
        put?: never;
        /** Invite somebody by e-mail */
        post: operations["invitationCreate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/invitations/{invitationId}/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send an invitation again with a new link */
        post: operations["invitationResend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/invitations/{invitationId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke an invitation */
        delete: operations["invitationRevoke"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Read the invitation behind a link */
        post: operations["invitationPreview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Accept an invitation as the signed-in person */
        post: operations["invitationAccept"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/price-lists/{provider}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read what a seat costs a month: the provider's list and the organization's own prices */
        get: operations["priceListGet"];
        /** Replace the organization's own seat prices */
        put: operations["priceListPut"];
        post?: never;
        /** Return to the provider's list prices */
        delete: operations["priceListReset"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/providers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the cloud providers that can be connected, with their credential forms */
        get: operations["providerList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List connected cloud accounts */
        get: operations["accountList"];
        put?: never;
        /** Connect a cloud account */
        post: operations["accountConnect"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/accounts/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try credentials without storing them */
        post: operations["accountCheck"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/accounts/access-templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make the least-privilege policies and roles to copy */
        post: operations["accountAccessTemplates"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/accounts/{accountId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read an account with the permissions found at its last test */
        get: operations["accountGet"];
        put?: never;
        post?: never;
        /** Disconnect an account and forget its credentials */
        delete: operations["accountRemove"];
        options?: never;
        head?: never;
        /** Rename, enable or disable an account, or change what CloudAtlas may do with it */
        patch: operations["accountUpdate"];
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/accounts/{accountId}/credentials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Replace an account's credentials */
        put: operations["accountRotateCredentials"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/accounts/{accountId}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask the provider again what the credentials may do */
        post: operations["accountTest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/resources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Search resources over all accounts */
        get: operations["resourceList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/resources/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Count resources by service, region, type, state and account */
        get: operations["resourceSummary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/resources/table": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the resources of one type with attributes as columns */
        get: operations["resourceTable"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/resources/export.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download the found resources as CSV */
        get: operations["resourceExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/resources/{resourceId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a resource with attributes, relations and what can be done with it */
        get: operations["resourceGet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/resources/{resourceId}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what changed when, newest first */
        get: operations["resourceHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/resources/{resourceId}/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a metric of a resource from the provider */
        get: operations["resourceMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/resource-views": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List your and the shared saved views */
        get: operations["resourceViewList"];
        put?: never;
        /** Save a view of the resources page */
        post: operations["resourceViewCreate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/resource-views/{viewId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete one of your saved views */
        delete: operations["resourceViewDelete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/sync-runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List synchronisation runs, newest first */
        get: operations["syncRunList"];
        put?: never;
        /** Synchronise accounts now; a run under way is the answer for its account */
        post: operations["syncRunStart"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/sync-runs/{runId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a run with its services and regions */
        get: operations["syncRunGet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/accounts/{accountId}/regions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the regions an account may use */
        get: operations["accountRegionList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/inventory/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Stream what moves: runs and orders of this workspace, as server-sent events */
        get: operations["inventoryLive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List orders to act on or create resources, newest first */
        get: operations["orderList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/orders/{orderId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read an order */
        get: operations["orderGet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/operations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Start, stop, tag, resize or delete resources */
        post: operations["resourceOperate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/creatables": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what can be created in the connected accounts, with the forms */
        get: operations["creatableList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/creatables/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** List the choices of one field of a form, from the account */
        post: operations["creatableOptions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/creatables/estimate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Estimate what a form would cost per month */
        post: operations["creatableEstimate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/creations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create a resource in an account */
        post: operations["resourceCreate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/costs/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tell what costs there are: days, currencies, providers, accounts, tag keys */
        get: operations["costOverview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/costs/questions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask for costs by period, grain, group and filter, with the previous period beside them */
        post: operations["costAsk"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/costs/line-items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Read the line items behind a number, largest first */
        post: operations["costLineItems"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/costs/values": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** List the values a filter can have, largest cost first */
        post: operations["costValues"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/costs/forecast": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Forecast the days ahead and the end of the month, with interval and back-test */
        post: operations["costForecast"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/costs/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List imports, newest first */
        get: operations["costImportList"];
        put?: never;
        /** Begin an import of FOCUS files; upload its files next */
        post: operations["costImportCreate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/costs/imports/{importId}/files/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Upload a file of an import, or the rest of one from an offset on */
        put: operations["costImportUpload"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/costs/imports/{importId}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Start an import whose files are all there */
        post: operations["costImportStart"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/costs/imports/{importId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read an import with its report */
        get: operations["costImportGet"];
        put?: never;
        post?: never;
        /** Cancel an import, or remove the entry of one that has ended; imported costs stay */
        delete: operations["costImportRemove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/costs/imports/{importId}/rejects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download the refused rows of an import with the reasons */
        get: operations["costImportRejects"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/costs/reconciliation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Compare source and store per account and month, newest first */
        get: operations["costReconciliation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/costs/reconciliation/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Read all stored files again and compare checksums and sums */
        post: operations["costVerify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/costs/conformance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Check a month against the FOCUS specification's rules */
        get: operations["costConformance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/costs/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Stream what moves in this workspace's costs, as server-sent events */
        get: operations["costLive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/costs/sources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what connected accounts deliver, and how it goes */
        get: operations["costSourceList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/costs/sources/{accountId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Choose how the costs of an account are fetched, and fetch them */
        put: operations["costSourcePut"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/costs/sources/{accountId}/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Fetch the costs of an account now */
        post: operations["costSourceRefresh"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/costs/exports/csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download an answer as a table */
        get: operations["costExportCsv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/costs/exports/focus": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download the matching line items in FOCUS columns */
        get: operations["costExportFocus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/costs/exports/pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download an answer as a document */
        get: operations["costExportPdf"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/costs/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the settings of the costs */
        get: operations["costSettingsGet"];
        /** Set display currency, closed months and how long costs are kept */
        put: operations["costSettingsPut"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/costs/rates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the organization's exchange rates, newest first */
        get: operations["costRateList"];
        /** Set exchange rates; one of the same pair and day is replaced */
        put: operations["costRatePut"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/costs/rates/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Import exchange rates from a CSV with the columns from, to, day, rate */
        post: operations["costRateImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/costs/rates/{rateId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove an exchange rate */
        delete: operations["costRateRemove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/costs/views": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List saved views: own ones and shared ones */
        get: operations["costViewList"];
        put?: never;
        /** Save a view of the costs page */
        post: operations["costViewCreate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/costs/views/{viewId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove a saved view of one's own */
        delete: operations["costViewRemove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/costs/budgets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List budgets with how they stand */
        get: operations["budgetList"];
        put?: never;
        /** Create a budget */
        post: operations["budgetCreate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/costs/budgets/{budgetId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a budget with what earlier periods came to */
        get: operations["budgetGet"];
        /** Change a budget */
        put: operations["budgetUpdate"];
        post?: never;
        /** Remove a budget */
        delete: operations["budgetRemove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/costs/alert-rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List cost alert rules */
        get: operations["costAlertRuleList"];
        put?: never;
        /** Create a cost alert rule */
        post: operations["costAlertRuleCreate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/costs/alert-rules/{ruleId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change a cost alert rule */
        put: operations["costAlertRuleUpdate"];
        post?: never;
        /** Remove a cost alert rule */
        delete: operations["costAlertRuleRemove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/costs/alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what fired, newest first */
        get: operations["costAlertList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/costs/alerts/unread": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Count unread alerts and show the last five */
        get: operations["costAlertUnread"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/costs/alerts/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mark alerts as read for oneself */
        post: operations["costAlertMarkRead"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/costs/alerts/preferences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read whether one gets mails of this workspace's alerts */
        get: operations["costAlertPreferencesGet"];
        /** Choose whether one gets mails of this workspace's alerts */
        put: operations["costAlertPreferencesPut"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/costs/anomalies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List days that do not fit, newest first */
        get: operations["costAnomalyList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/costs/anomalies/{anomalyId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read an anomaly with the days around it and what explains it */
        get: operations["costAnomalyGet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Mark an anomaly as expected, or as open again */
        patch: operations["costAnomalyMark"];
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/costs/allocation/rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the rules of the showback */
        get: operations["costAllocationRulesGet"];
        /** Set the rules of the showback */
        put: operations["costAllocationRulesPut"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/costs/allocation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Show who caused which cost */
        post: operations["costAllocate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/costs/allocation/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download who caused which cost, as CSV */
        get: operations["costAllocationExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/schedules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List schedules by name, with their next and last runs */
        get: operations["scheduleList"];
        put?: never;
        /** Create a schedule; it acts with the permissions of who saves it */
        post: operations["scheduleCreate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/schedules/pairs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create a schedule that starts and one that stops the same resources */
        post: operations["schedulePairCreate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/schedules/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Show when a schedule would run and on what, without saving it */
        post: operations["schedulePreview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/schedules/{scheduleId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a schedule with what it acts on and when */
        get: operations["scheduleGet"];
        /** Change a schedule; it acts with the permissions of who saves it */
        put: operations["scheduleUpdate"];
        post?: never;
        /** Remove a schedule with its history */
        delete: operations["scheduleRemove"];
        options?: never;
        head?: never;
        /** Switch a schedule on or off */
        patch: operations["scheduleEnable"];
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/schedules/{scheduleId}/duplicate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Copy a schedule under another name, switched off */
        post: operations["scheduleDuplicate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/schedules/upcoming": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the next five scheduled actions */
        get: operations["scheduleUpcoming"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/schedules/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List every occurrence between two instants, at most 16 days apart */
        get: operations["scheduleTimeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/schedules/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download the schedules as a table */
        get: operations["scheduleExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/schedules/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Stream changes of schedules and runs of this workspace, as server-sent events */
        get: operations["scheduleLive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/schedules/{scheduleId}/override": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Keep the resources of a schedule on until an instant */
        put: operations["scheduleOverride"];
        post?: never;
        /** End an override early; stops it held back run now */
        delete: operations["scheduleOverrideEnd"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/schedules/{scheduleId}/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the runs of a schedule, newest first */
        get: operations["scheduleRunList"];
        put?: never;
        /** Run a schedule now, whatever its days, holidays and overrides say */
        post: operations["scheduleRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/schedule-runs/{runId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a run with what came of each resource */
        get: operations["scheduleRunGet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/schedule-calendars": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the organization's holiday calendars */
        get: operations["scheduleCalendarList"];
        put?: never;
        /** Create a holiday calendar */
        post: operations["scheduleCalendarCreate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/schedule-calendars/{calendarId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change a holiday calendar */
        put: operations["scheduleCalendarUpdate"];
        post?: never;
        /** Remove a holiday calendar that no schedule keeps to */
        delete: operations["scheduleCalendarRemove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/schedule-calendars/countries/{country}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the national holidays of a country in a year */
        get: operations["scheduleNationalHolidays"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/finops/recommendations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List recommendations; without a status those that can be worked on */
        get: operations["recommendationList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/finops/recommendations/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Sum up what can be saved, what is saved, and what the bill will be */
        get: operations["savingsSummary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/finops/recommendations/export.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download the found recommendations as a table */
        get: operations["recommendationExportCsv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/finops/recommendations/export.pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download the found recommendations as a document */
        get: operations["recommendationExportPdf"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/finops/recommendations/{recommendationId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a recommendation with its evidence */
        get: operations["recommendationGet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/finops/recommendations/{recommendationId}/dismiss": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Dismiss a recommendation with a reason, for good or until a day */
        post: operations["recommendationDismiss"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/finops/recommendations/{recommendationId}/reopen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a dismissal back */
        post: operations["recommendationReopen"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/finops/recommendations/{recommendationId}/assign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a recommendation to a member, or to nobody */
        post: operations["recommendationAssign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/finops/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Stream what moves: scans, recommendations and actions, as server-sent events */
        get: operations["savingsLive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/finops/scans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List scans, newest first */
        get: operations["scanList"];
        put?: never;
        /** Look for savings now; a scan under way is the answer */
        post: operations["scanStart"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/finops/scans/{scanId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a scan and how far it is */
        get: operations["scanGet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/finops/rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the rules with what the organization set */
        get: operations["savingsRuleList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/finops/rules/{ruleId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Switch a rule on or off, snooze it, or set its parameters */
        patch: operations["savingsRuleUpdate"];
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/finops/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the organization's settings over all rules */
        get: operations["savingsSettingsGet"];
        /** Replace the organization's settings over all rules */
        put: operations["savingsSettingsPut"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/finops/diagnostics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tell per rule, account and region what was examined and why the rest was not */
        get: operations["savingsDiagnosticList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/finops/views": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List saved filters of the savings page: own ones and shared ones */
        get: operations["savingsViewList"];
        put?: never;
        /** Save filters of the savings page under a name */
        post: operations["savingsViewCreate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/finops/views/{viewId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete one of your saved filters */
        delete: operations["savingsViewDelete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/finops/recommendations/{recommendationId}/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show the exact calls that applying a recommendation makes, without making any */
        get: operations["recommendationPlan"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/finops/recommendations/{recommendationId}/apply": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Apply a recommendation at the provider */
        post: operations["recommendationApply"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/finops/bulk/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Show what applying several recommendations would do */
        post: operations["recommendationBulkPreview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/finops/bulk/apply": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Apply several recommendations within limits */
        post: operations["recommendationBulkApply"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/finops/actions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what was done about recommendations, newest first */
        get: operations["savingsActionList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/finops/actions/{actionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read an action with its calls */
        get: operations["savingsActionGet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/finops/actions/{actionId}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take an action back */
        post: operations["savingsActionUndo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/finops/actions/{actionId}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Approve an action that another person asked for */
        post: operations["savingsActionApprove"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/finops/actions/{actionId}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reject an action that waits for a decision */
        post: operations["savingsActionReject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/finops/actions/{actionId}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take back one’s own request that waits for a decision */
        post: operations["savingsActionWithdraw"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/finops/realised": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the savings measured from later costs, by month */
        get: operations["savingsRealised"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/finops/policies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the policies by which recommendations are applied automatically */
        get: operations["savingsPolicyList"];
        put?: never;
        /** Create a policy of automatic application */
        post: operations["savingsPolicyCreate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/finops/policies/{policyId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete a policy of automatic application */
        delete: operations["savingsPolicyDelete"];
        options?: never;
        head?: never;
        /** Change a policy of automatic application */
        patch: operations["savingsPolicyUpdate"];
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/finops/approval": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read which actions another person must approve */
        get: operations["savingsApprovalGet"];
        /** Choose which actions another person must approve */
        put: operations["savingsApprovalPut"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/workspaces/{workspace}/dashboard/layout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How you arranged the home page of the workspace */
        get: operations["dashboardLayoutGet"];
        /** Arrange the home page of the workspace for yourself */
        put: operations["dashboardLayoutSave"];
        post?: never;
        /** Put the home page of the workspace back as it comes */
        delete: operations["dashboardLayoutReset"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/docs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/docs/start.js": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/docs/swagger-ui.css": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/docs/swagger-ui-bundle.js": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dev/mail.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dev/mail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{*}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    "*": string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
};
export type webhooks = Record<string, never>;
export type components = {
    schemas: {
        JsonValueInput: string | number | boolean | null | components["schemas"]["JsonValueInput"][] | {
            [key: string]: components["schemas"]["JsonValueInput"];
        };
        ProblemInput: {
            type: string;
            title: string;
            status: number;
            code: string;
            detail?: string;
            requestId: string;
            errors?: {
                path: string;
                code: string;
                message: string;
            }[];
            meta?: {
                [key: string]: unknown;
            };
        };
        JsonValue: string | number | boolean | null | components["schemas"]["JsonValue"][] | {
            [key: string]: components["schemas"]["JsonValue"];
        };
        Problem: {
            type: string;
            title: string;
            status: number;
            code: string;
            detail?: string;
            requestId: string;
            errors?: {
                path: string;
                code: string;
                message: string;
            }[];
            meta?: {
                [key: string]: unknown;
            };
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
};
export type $defs = Record<string, never>;
export interface operations {
    auditList: {
        parameters: {
            query?: {
                action?: string;
                provider?: string;
                outcome?: "success" | "failure" | "denied";
                actor?: string;
                workspaceId?: string;
                from?: string;
                to?: string;
                limit?: number;
                cursor?: string;
                offset?: number;
            };
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            sequence: number;
                            /** Format: date-time */
                            at: string;
                            action: string;
                            /** @enum {string} */
                            outcome: "success" | "failure" | "denied";
                            actor: {
                                /** @enum {string} */
                                kind: "user" | "api_key" | "staff" | "system" | "anonymous";
                                id: string | null;
                                label: string;
                            };
                            provider: string | null;
                            target: {
                                type: string;
                                id: string | null;
                                label: string | null;
                            } | null;
                            workspaceId: string | null;
                            ip: string | null;
                            requestId: string | null;
                            details: {
                                [key: string]: unknown;
                            };
                            hash: string;
                        }[];
                        nextCursor: string | null;
                        total: number;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    auditActionList: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: string[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    auditExport: {
        parameters: {
            query?: {
                action?: string;
                provider?: string;
                outcome?: "success" | "failure" | "denied";
                actor?: string;
                workspaceId?: string;
                from?: string;
                to?: string;
            };
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    auditVerify: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        valid: boolean;
                        entries: number;
                        brokenAt: number | null;
                        reason: string | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    configGet: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        name: string;
                        version: string;
                        demo: {
                            email: string;
                            password: string;
                        } | null;
                        devMail: boolean;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    authRegister: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    email: string;
                    password: string;
                    name: string;
                    /**
                     * @default en
                     * @enum {string}
                     */
                    locale?: "pt-BR" | "en";
                };
            };
        };
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "accepted";
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    authVerificationResend: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    email: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "accepted";
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    authEmailVerify: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                    password?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "signed_in";
                        user: {
                            /** Format: uuid */
                            id: string;
                            email: string;
                            name: string;
                            /** @enum {string} */
                            locale: "pt-BR" | "en";
                            timeZone: string;
                            /** @enum {string} */
                            theme: "system" | "light" | "dark";
                            mfaEnabled: boolean;
                            staffRole: ("internal_admin" | "internal_support") | null;
                            /** Format: date-time */
                            createdAt: string;
                        };
                        tokens: {
                            accessToken: string;
                            refreshToken: string;
                            /** @enum {string} */
                            tokenType: "Bearer";
                            expiresIn: number;
                        } | null;
                    } | {
                        /** @enum {string} */
                        status: "mfa_required";
                        mfaToken: string;
                        methods: ("totp" | "recovery_code")[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    authSignIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    email: string;
                    password: string;
                    /**
                     * @default cookie
                     * @enum {string}
                     */
                    transport?: "cookie" | "token";
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "signed_in";
                        user: {
                            /** Format: uuid */
                            id: string;
                            email: string;
                            name: string;
                            /** @enum {string} */
                            locale: "pt-BR" | "en";
                            timeZone: string;
                            /** @enum {string} */
                            theme: "system" | "light" | "dark";
                            mfaEnabled: boolean;
                            staffRole: ("internal_admin" | "internal_support") | null;
                            /** Format: date-time */
                            createdAt: string;
                        };
                        tokens: {
                            accessToken: string;
                            refreshToken: string;
                            /** @enum {string} */
                            tokenType: "Bearer";
                            expiresIn: number;
                        } | null;
                    } | {
                        /** @enum {string} */
                        status: "mfa_required";
                        mfaToken: string;
                        methods: ("totp" | "recovery_code")[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    authSignOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    authSecondFactor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    mfaToken: string;
                    code?: string;
                    recoveryCode?: string;
                    /**
                     * @default cookie
                     * @enum {string}
                     */
                    transport?: "cookie" | "token";
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "signed_in";
                        user: {
                            /** Format: uuid */
                            id: string;
                            email: string;
                            name: string;
                            /** @enum {string} */
                            locale: "pt-BR" | "en";
                            timeZone: string;
                            /** @enum {string} */
                            theme: "system" | "light" | "dark";
                            mfaEnabled: boolean;
                            staffRole: ("internal_admin" | "internal_support") | null;
                            /** Format: date-time */
                            createdAt: string;
                        };
                        tokens: {
                            accessToken: string;
                            refreshToken: string;
                            /** @enum {string} */
                            tokenType: "Bearer";
                            expiresIn: number;
                        } | null;
                    } | {
                        /** @enum {string} */
                        status: "mfa_required";
                        mfaToken: string;
                        methods: ("totp" | "recovery_code")[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    authRefresh: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    refreshToken: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        accessToken: string;
                        refreshToken: string;
                        /** @enum {string} */
                        tokenType: "Bearer";
                        expiresIn: number;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    authPasswordForgot: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    email: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "accepted";
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    authPasswordReset: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    meGet: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        email: string;
                        name: string;
                        /** @enum {string} */
                        locale: "pt-BR" | "en";
                        timeZone: string;
                        /** @enum {string} */
                        theme: "system" | "light" | "dark";
                        mfaEnabled: boolean;
                        staffRole: ("internal_admin" | "internal_support") | null;
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    meUpdate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    /** @enum {string} */
                    locale?: "pt-BR" | "en";
                    timeZone?: string;
                    /** @enum {string} */
                    theme?: "system" | "light" | "dark";
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        email: string;
                        name: string;
                        /** @enum {string} */
                        locale: "pt-BR" | "en";
                        timeZone: string;
                        /** @enum {string} */
                        theme: "system" | "light" | "dark";
                        mfaEnabled: boolean;
                        staffRole: ("internal_admin" | "internal_support") | null;
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    mePasswordChange: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    currentPassword: string;
                    newPassword: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sessionList: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            kind: "browser" | "api";
                            current: boolean;
                            userAgent: string;
                            ip: string;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            lastSeenAt: string;
                            /** Format: date-time */
                            expiresAt: string;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sessionRevoke: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sessionRevokeOthers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    mfaGet: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        totp: boolean;
                        recoveryCodesLeft: number;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    mfaTotpStart: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    password: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        secret: string;
                        otpauthUrl: string;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    mfaTotpConfirm: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    code: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        recoveryCodes: string[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    mfaTotpDisable: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    password: string;
                    code?: string;
                    recoveryCode?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    mfaRecoveryCodesRenew: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    password: string;
                    code?: string;
                    recoveryCode?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        recoveryCodes: string[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    apiKeyList: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                            prefix: string;
                            /** Format: uuid */
                            organizationId: string;
                            organizationSlug: string;
                            permissions: string[];
                            /** Format: date-time */
                            createdAt: string;
                            lastUsedAt: string | null;
                            /** Format: date-time */
                            expiresAt: string;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    apiKeyCreate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    organization: string;
                    permissions: ("organization:read" | "organization:write" | "organization:delete" | "members:read" | "members:write" | "workspaces:read" | "workspaces:write" | "audit:read" | "plan:read" | "plan:write" | "accounts:read" | "accounts:write" | "resources:read" | "resources:operate" | "resources:create" | "resources:delete" | "costs:read" | "costs:write" | "alerts:read" | "alerts:write" | "budgets:read" | "budgets:write" | "finops:read" | "finops:recommend" | "finops:apply" | "finops:approve" | "finops:configure" | "schedules:read" | "schedules:write" | "webhooks:read" | "webhooks:write")[];
                    expiresInDays: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        name: string;
                        prefix: string;
                        /** Format: uuid */
                        organizationId: string;
                        organizationSlug: string;
                        permissions: string[];
                        /** Format: date-time */
                        createdAt: string;
                        lastUsedAt: string | null;
                        /** Format: date-time */
                        expiresAt: string;
                        secret: string;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    apiKeyDelete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                keyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    organizationList: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            slug: string;
                            name: string;
                            /** @enum {string} */
                            plan: "free" | "pro" | "enterprise";
                            deletionScheduledAt: string | null;
                            /** Format: date-time */
                            createdAt: string;
                            /** @enum {string} */
                            role: "owner" | "admin" | "operator" | "viewer" | "billing";
                            permissions: ("organization:read" | "organization:write" | "organization:delete" | "members:read" | "members:write" | "workspaces:read" | "workspaces:write" | "audit:read" | "plan:read" | "plan:write" | "accounts:read" | "accounts:write" | "resources:read" | "resources:operate" | "resources:create" | "resources:delete" | "costs:read" | "costs:write" | "alerts:read" | "alerts:write" | "budgets:read" | "budgets:write" | "finops:read" | "finops:recommend" | "finops:apply" | "finops:approve" | "finops:configure" | "schedules:read" | "schedules:write" | "webhooks:read" | "webhooks:write")[];
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    organizationCreate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    slug?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        slug: string;
                        name: string;
                        /** @enum {string} */
                        plan: "free" | "pro" | "enterprise";
                        deletionScheduledAt: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        /** @enum {string} */
                        role: "owner" | "admin" | "operator" | "viewer" | "billing";
                        permissions: ("organization:read" | "organization:write" | "organization:delete" | "members:read" | "members:write" | "workspaces:read" | "workspaces:write" | "audit:read" | "plan:read" | "plan:write" | "accounts:read" | "accounts:write" | "resources:read" | "resources:operate" | "resources:create" | "resources:delete" | "costs:read" | "costs:write" | "alerts:read" | "alerts:write" | "budgets:read" | "budgets:write" | "finops:read" | "finops:recommend" | "finops:apply" | "finops:approve" | "finops:configure" | "schedules:read" | "schedules:write" | "webhooks:read" | "webhooks:write")[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    organizationGet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        slug: string;
                        name: string;
                        /** @enum {string} */
                        plan: "free" | "pro" | "enterprise";
                        deletionScheduledAt: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        /** @enum {string} */
                        role: "owner" | "admin" | "operator" | "viewer" | "billing";
                        permissions: ("organization:read" | "organization:write" | "organization:delete" | "members:read" | "members:write" | "workspaces:read" | "workspaces:write" | "audit:read" | "plan:read" | "plan:write" | "accounts:read" | "accounts:write" | "resources:read" | "resources:operate" | "resources:create" | "resources:delete" | "costs:read" | "costs:write" | "alerts:read" | "alerts:write" | "budgets:read" | "budgets:write" | "finops:read" | "finops:recommend" | "finops:apply" | "finops:approve" | "finops:configure" | "schedules:read" | "schedules:write" | "webhooks:read" | "webhooks:write")[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    organizationDelete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    confirm: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        slug: string;
                        name: string;
                        /** @enum {string} */
                        plan: "free" | "pro" | "enterprise";
                        deletionScheduledAt: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        /** @enum {string} */
                        role: "owner" | "admin" | "operator" | "viewer" | "billing";
                        permissions: ("organization:read" | "organization:write" | "organization:delete" | "members:read" | "members:write" | "workspaces:read" | "workspaces:write" | "audit:read" | "plan:read" | "plan:write" | "accounts:read" | "accounts:write" | "resources:read" | "resources:operate" | "resources:create" | "resources:delete" | "costs:read" | "costs:write" | "alerts:read" | "alerts:write" | "budgets:read" | "budgets:write" | "finops:read" | "finops:recommend" | "finops:apply" | "finops:approve" | "finops:configure" | "schedules:read" | "schedules:write" | "webhooks:read" | "webhooks:write")[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    organizationUpdate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    slug?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        slug: string;
                        name: string;
                        /** @enum {string} */
                        plan: "free" | "pro" | "enterprise";
                        deletionScheduledAt: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        /** @enum {string} */
                        role: "owner" | "admin" | "operator" | "viewer" | "billing";
                        permissions: ("organization:read" | "organization:write" | "organization:delete" | "members:read" | "members:write" | "workspaces:read" | "workspaces:write" | "audit:read" | "plan:read" | "plan:write" | "accounts:read" | "accounts:write" | "resources:read" | "resources:operate" | "resources:create" | "resources:delete" | "costs:read" | "costs:write" | "alerts:read" | "alerts:write" | "budgets:read" | "budgets:write" | "finops:read" | "finops:recommend" | "finops:apply" | "finops:approve" | "finops:configure" | "schedules:read" | "schedules:write" | "webhooks:read" | "webhooks:write")[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    organizationRestore: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        slug: string;
                        name: string;
                        /** @enum {string} */
                        plan: "free" | "pro" | "enterprise";
                        deletionScheduledAt: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        /** @enum {string} */
                        role: "owner" | "admin" | "operator" | "viewer" | "billing";
                        permissions: ("organization:read" | "organization:write" | "organization:delete" | "members:read" | "members:write" | "workspaces:read" | "workspaces:write" | "audit:read" | "plan:read" | "plan:write" | "accounts:read" | "accounts:write" | "resources:read" | "resources:operate" | "resources:create" | "resources:delete" | "costs:read" | "costs:write" | "alerts:read" | "alerts:write" | "budgets:read" | "budgets:write" | "finops:read" | "finops:recommend" | "finops:apply" | "finops:approve" | "finops:configure" | "schedules:read" | "schedules:write" | "webhooks:read" | "webhooks:write")[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    roleMatrix: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        roles: ("owner" | "admin" | "operator" | "viewer" | "billing")[];
                        permissions: {
                            /** @enum {string} */
                            permission: "organization:read" | "organization:write" | "organization:delete" | "members:read" | "members:write" | "workspaces:read" | "workspaces:write" | "audit:read" | "plan:read" | "plan:write" | "accounts:read" | "accounts:write" | "resources:read" | "resources:operate" | "resources:create" | "resources:delete" | "costs:read" | "costs:write" | "alerts:read" | "alerts:write" | "budgets:read" | "budgets:write" | "finops:read" | "finops:recommend" | "finops:apply" | "finops:approve" | "finops:configure" | "schedules:read" | "schedules:write" | "webhooks:read" | "webhooks:write";
                            roles: ("owner" | "admin" | "operator" | "viewer" | "billing")[];
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    planGet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        tier: "free" | "pro" | "enterprise";
                        features: {
                            /** @enum {string} */
                            feature: "finops.all_recommendations" | "finops.apply" | "finops.approval" | "finops.automatic_apply" | "budgets" | "anomalies" | "schedules" | "webhooks" | "sso" | "chargeback" | "m365" | "dedicated_instance";
                            included: boolean;
                            tiers: ("free" | "pro" | "enterprise")[];
                        }[];
                        limits: {
                            /** @enum {string} */
                            limit: "workspaces" | "members" | "cloud_accounts" | "budgets" | "schedules" | "recommendations_shown";
                            max: number | null;
                            used: number | null;
                            byTier: {
                                [key: string]: number | null;
                            };
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    workspaceList: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            slug: string;
                            name: string;
                            /** Format: date-time */
                            createdAt: string;
                            /** @enum {string} */
                            role: "owner" | "admin" | "operator" | "viewer" | "billing";
                            permissions: ("organization:read" | "organization:write" | "organization:delete" | "members:read" | "members:write" | "workspaces:read" | "workspaces:write" | "audit:read" | "plan:read" | "plan:write" | "accounts:read" | "accounts:write" | "resources:read" | "resources:operate" | "resources:create" | "resources:delete" | "costs:read" | "costs:write" | "alerts:read" | "alerts:write" | "budgets:read" | "budgets:write" | "finops:read" | "finops:recommend" | "finops:apply" | "finops:approve" | "finops:configure" | "schedules:read" | "schedules:write" | "webhooks:read" | "webhooks:write")[];
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    workspaceCreate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    slug?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        slug: string;
                        name: string;
                        /** Format: date-time */
                        createdAt: string;
                        /** @enum {string} */
                        role: "owner" | "admin" | "operator" | "viewer" | "billing";
                        permissions: ("organization:read" | "organization:write" | "organization:delete" | "members:read" | "members:write" | "workspaces:read" | "workspaces:write" | "audit:read" | "plan:read" | "plan:write" | "accounts:read" | "accounts:write" | "resources:read" | "resources:operate" | "resources:create" | "resources:delete" | "costs:read" | "costs:write" | "alerts:read" | "alerts:write" | "budgets:read" | "budgets:write" | "finops:read" | "finops:recommend" | "finops:apply" | "finops:approve" | "finops:configure" | "schedules:read" | "schedules:write" | "webhooks:read" | "webhooks:write")[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    workspaceGet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        slug: string;
                        name: string;
                        /** Format: date-time */
                        createdAt: string;
                        /** @enum {string} */
                        role: "owner" | "admin" | "operator" | "viewer" | "billing";
                        permissions: ("organization:read" | "organization:write" | "organization:delete" | "members:read" | "members:write" | "workspaces:read" | "workspaces:write" | "audit:read" | "plan:read" | "plan:write" | "accounts:read" | "accounts:write" | "resources:read" | "resources:operate" | "resources:create" | "resources:delete" | "costs:read" | "costs:write" | "alerts:read" | "alerts:write" | "budgets:read" | "budgets:write" | "finops:read" | "finops:recommend" | "finops:apply" | "finops:approve" | "finops:configure" | "schedules:read" | "schedules:write" | "webhooks:read" | "webhooks:write")[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    workspaceDelete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    confirm: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    workspaceUpdate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    slug?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        slug: string;
                        name: string;
                        /** Format: date-time */
                        createdAt: string;
                        /** @enum {string} */
                        role: "owner" | "admin" | "operator" | "viewer" | "billing";
                        permissions: ("organization:read" | "organization:write" | "organization:delete" | "members:read" | "members:write" | "workspaces:read" | "workspaces:write" | "audit:read" | "plan:read" | "plan:write" | "accounts:read" | "accounts:write" | "resources:read" | "resources:operate" | "resources:create" | "resources:delete" | "costs:read" | "costs:write" | "alerts:read" | "alerts:write" | "budgets:read" | "budgets:write" | "finops:read" | "finops:recommend" | "finops:apply" | "finops:approve" | "finops:configure" | "schedules:read" | "schedules:write" | "webhooks:read" | "webhooks:write")[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    memberList: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            /** Format: uuid */
                            userId: string;
                            name: string;
                            email: string;
                            /** @enum {string} */
                            role: "owner" | "admin" | "operator" | "viewer" | "billing";
                            mfaEnabled: boolean;
                            /** Format: date-time */
                            joinedAt: string;
                            overrides: {
                                /** Format: uuid */
                                workspaceId: string;
                                workspaceSlug: string;
                                /** @enum {string} */
                                role: "owner" | "admin" | "operator" | "viewer" | "billing";
                            }[];
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    memberRemove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                memberId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    memberUpdate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                memberId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    role: "owner" | "admin" | "operator" | "viewer" | "billing";
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        userId: string;
                        name: string;
                        email: string;
                        /** @enum {string} */
                        role: "owner" | "admin" | "operator" | "viewer" | "billing";
                        mfaEnabled: boolean;
                        /** Format: date-time */
                        joinedAt: string;
                        overrides: {
                            /** Format: uuid */
                            workspaceId: string;
                            workspaceSlug: string;
                            /** @enum {string} */
                            role: "owner" | "admin" | "operator" | "viewer" | "billing";
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    memberOverrideSet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                memberId: string;
                inWorkspace: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    role: "owner" | "admin" | "operator" | "viewer" | "billing";
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        userId: string;
                        name: string;
                        email: string;
                        /** @enum {string} */
                        role: "owner" | "admin" | "operator" | "viewer" | "billing";
                        mfaEnabled: boolean;
                        /** Format: date-time */
                        joinedAt: string;
                        overrides: {
                            /** Format: uuid */
                            workspaceId: string;
                            workspaceSlug: string;
                            /** @enum {string} */
                            role: "owner" | "admin" | "operator" | "viewer" | "billing";
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    memberOverrideRemove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                memberId: string;
                inWorkspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        userId: string;
                        name: string;
                        email: string;
                        /** @enum {string} */
                        role: "owner" | "admin" | "operator" | "viewer" | "billing";
                        mfaEnabled: boolean;
                        /** Format: date-time */
                        joinedAt: string;
                        overrides: {
                            /** Format: uuid */
                            workspaceId: string;
                            workspaceSlug: string;
                            /** @enum {string} */
                            role: "owner" | "admin" | "operator" | "viewer" | "billing";
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    invitationList: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            email: string;
                            /** @enum {string} */
                            role: "owner" | "admin" | "operator" | "viewer" | "billing";
                            /** @enum {string} */
                            status: "pending" | "accepted" | "revoked" | "expired";
                            invitedBy: string;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            expiresAt: string;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    invitationCreate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    email: string;
                    /** @enum {string} */
                    role: "owner" | "admin" | "operator" | "viewer" | "billing";
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        email: string;
                        /** @enum {string} */
                        role: "owner" | "admin" | "operator" | "viewer" | "billing";
                        /** @enum {string} */
                        status: "pending" | "accepted" | "revoked" | "expired";
                        invitedBy: string;
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        expiresAt: string;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    invitationResend: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                invitationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        email: string;
                        /** @enum {string} */
                        role: "owner" | "admin" | "operator" | "viewer" | "billing";
                        /** @enum {string} */
                        status: "pending" | "accepted" | "revoked" | "expired";
                        invitedBy: string;
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        expiresAt: string;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    invitationRevoke: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                invitationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    invitationPreview: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        organizationName: string;
                        email: string;
                        /** @enum {string} */
                        role: "owner" | "admin" | "operator" | "viewer" | "billing";
                        invitedBy: string;
                        /** Format: date-time */
                        expiresAt: string;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    invitationAccept: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        slug: string;
                        name: string;
                        /** @enum {string} */
                        plan: "free" | "pro" | "enterprise";
                        deletionScheduledAt: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        /** @enum {string} */
                        role: "owner" | "admin" | "operator" | "viewer" | "billing";
                        permissions: ("organization:read" | "organization:write" | "organization:delete" | "members:read" | "members:write" | "workspaces:read" | "workspaces:write" | "audit:read" | "plan:read" | "plan:write" | "accounts:read" | "accounts:write" | "resources:read" | "resources:operate" | "resources:create" | "resources:delete" | "costs:read" | "costs:write" | "alerts:read" | "alerts:write" | "budgets:read" | "budgets:write" | "finops:read" | "finops:recommend" | "finops:apply" | "finops:approve" | "finops:configure" | "schedules:read" | "schedules:write" | "webhooks:read" | "webhooks:write")[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    priceListGet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                provider: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        provider: string;
                        asOf: string;
                        changedAt: string | null;
                        items: {
                            sku: string;
                            label: string;
                            unit: string;
                            listPrice: {
                                amount: string;
                                currency: string;
                            } | null;
                            ownPrice: {
                                amount: string;
                                currency: string;
                            } | null;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    priceListPut: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                provider: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    currency: string;
                    items: {
                        sku: string;
                        price: string;
                    }[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        provider: string;
                        asOf: string;
                        changedAt: string | null;
                        items: {
                            sku: string;
                            label: string;
                            unit: string;
                            listPrice: {
                                amount: string;
                                currency: string;
                            } | null;
                            ownPrice: {
                                amount: string;
                                currency: string;
                            } | null;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    priceListReset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                provider: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    providerList: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: string;
                            label: string;
                            credentialMethods: {
                                id: string;
                                label: string;
                                help: string | null;
                                fields: {
                                    name: string;
                                    label: string;
                                    help?: string;
                                    /** @enum {string} */
                                    kind: "text" | "secret" | "number" | "boolean" | "select" | "multiselect" | "tags" | "cidr" | "cidr_list" | "file" | "json";
                                    required: boolean;
                                    default?: components["schemas"]["JsonValue"];
                                    pattern?: {
                                        source: string;
                                        message: string;
                                    };
                                    minLength?: number;
                                    maxLength?: number;
                                    min?: number;
                                    max?: number;
                                    integer?: boolean;
                                    unit?: string;
                                    maxBytes?: number;
                                    options?: {
                                        value: string;
                                        label: string;
                                        detail?: string;
                                        disabledReason?: string;
                                    }[];
                                    picker?: boolean;
                                    dependsOn?: string[];
                                    when?: {
                                        field: string;
                                        in: (string | boolean)[];
                                    };
                                }[];
                            }[];
                            endpoints: {
                                id: string;
                                label: string;
                            }[];
                            services: {
                                id: string;
                                label: string;
                                /** @enum {string} */
                                scope: "regional" | "global";
                                resourceTypes: {
                                    id: string;
                                    label: string;
                                    category: string;
                                    taggable: boolean;
                                }[];
                            }[];
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    accountList: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            provider: string;
                            name: string;
                            nativeId: string;
                            principal: string;
                            method: string;
                            endpoint: string | null;
                            enabled: boolean;
                            features: ("inventory" | "metrics" | "costs" | "operate" | "create" | "delete")[];
                            health: {
                                /** @enum {string} */
                                status: "unknown" | "ok" | "degraded" | "failing";
                                checkedAt: string | null;
                                problem: {
                                    /** @enum {string} */
                                    kind: "denied" | "invalid_credentials" | "expired" | "clock_skew" | "throttled" | "not_found" | "conflict_state" | "already_exists" | "quota" | "capacity" | "invalid_input" | "region_disabled" | "not_enabled" | "unavailable" | "truncated" | "aborted" | "unsupported" | "unknown";
                                    message: string;
                                    call?: string;
                                    region?: string;
                                    action?: string;
                                    providerCode?: string;
                                    httpStatus?: number;
                                    requestId?: string;
                                    fields?: {
                                        field: string;
                                        message: string;
                                    }[];
                                } | null;
                                granted: number;
                                missing: number;
                            };
                            /** Format: date-time */
                            credentialsChangedAt: string;
                            /** Format: date-time */
                            createdAt: string;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    accountConnect: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    provider: string;
                    endpoint?: string;
                    credentials: {
                        method: string;
                        values: {
                            [key: string]: string;
                        };
                    };
                    features: ("inventory" | "metrics" | "costs" | "operate" | "create" | "delete")[];
                    name: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        provider: string;
                        name: string;
                        nativeId: string;
                        principal: string;
                        method: string;
                        endpoint: string | null;
                        enabled: boolean;
                        features: ("inventory" | "metrics" | "costs" | "operate" | "create" | "delete")[];
                        health: {
                            /** @enum {string} */
                            status: "unknown" | "ok" | "degraded" | "failing";
                            checkedAt: string | null;
                            problem: {
                                /** @enum {string} */
                                kind: "denied" | "invalid_credentials" | "expired" | "clock_skew" | "throttled" | "not_found" | "conflict_state" | "already_exists" | "quota" | "capacity" | "invalid_input" | "region_disabled" | "not_enabled" | "unavailable" | "truncated" | "aborted" | "unsupported" | "unknown";
                                message: string;
                                call?: string;
                                region?: string;
                                action?: string;
                                providerCode?: string;
                                httpStatus?: number;
                                requestId?: string;
                                fields?: {
                                    field: string;
                                    message: string;
                                }[];
                            } | null;
                            granted: number;
                            missing: number;
                        };
                        /** Format: date-time */
                        credentialsChangedAt: string;
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    accountCheck: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    provider: string;
                    endpoint?: string;
                    credentials: {
                        method: string;
                        values: {
                            [key: string]: string;
                        };
                    };
                    features: ("inventory" | "metrics" | "costs" | "operate" | "create" | "delete")[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        nativeId: string;
                        principal: string;
                        alias: string | null;
                        regions: {
                            id: string;
                            label: string;
                        }[];
                        permissions: {
                            action: string;
                            /** @enum {string} */
                            feature: "inventory" | "metrics" | "costs" | "operate" | "create" | "delete";
                            service?: string;
                            /** @enum {string} */
                            granted: "yes" | "no" | "unknown";
                            reason: string;
                        }[];
                        alreadyConnected: string | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    accountAccessTemplates: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    provider: string;
                    features: ("inventory" | "metrics" | "costs" | "operate" | "create" | "delete")[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        externalId: string | null;
                        items: {
                            id: string;
                            label: string;
                            fileName: string;
                            mediaType: string;
                            text: string;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    accountGet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
                accountId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        account: {
                            /** Format: uuid */
                            id: string;
                            provider: string;
                            name: string;
                            nativeId: string;
                            principal: string;
                            method: string;
                            endpoint: string | null;
                            enabled: boolean;
                            features: ("inventory" | "metrics" | "costs" | "operate" | "create" | "delete")[];
                            health: {
                                /** @enum {string} */
                                status: "unknown" | "ok" | "degraded" | "failing";
                                checkedAt: string | null;
                                problem: {
                                    /** @enum {string} */
                                    kind: "denied" | "invalid_credentials" | "expired" | "clock_skew" | "throttled" | "not_found" | "conflict_state" | "already_exists" | "quota" | "capacity" | "invalid_input" | "region_disabled" | "not_enabled" | "unavailable" | "truncated" | "aborted" | "unsupported" | "unknown";
                                    message: string;
                                    call?: string;
                                    region?: string;
                                    action?: string;
                                    providerCode?: string;
                                    httpStatus?: number;
                                    requestId?: string;
                                    fields?: {
                                        field: string;
                                        message: string;
                                    }[];
                                } | null;
                                granted: number;
                                missing: number;
                            };
                            /** Format: date-time */
                            credentialsChangedAt: string;
                            /** Format: date-time */
                            createdAt: string;
                        };
                        permissions: {
                            action: string;
                            /** @enum {string} */
                            feature: "inventory" | "metrics" | "costs" | "operate" | "create" | "delete";
                            service?: string;
                            /** @enum {string} */
                            granted: "yes" | "no" | "unknown";
                            reason: string;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    accountRemove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
                accountId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    confirm: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    accountUpdate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
                accountId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    enabled?: boolean;
                    features?: ("inventory" | "metrics" | "costs" | "operate" | "create" | "delete")[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        provider: string;
                        name: string;
                        nativeId: string;
                        principal: string;
                        method: string;
                        endpoint: string | null;
                        enabled: boolean;
                        features: ("inventory" | "metrics" | "costs" | "operate" | "create" | "delete")[];
                        health: {
                            /** @enum {string} */
                            status: "unknown" | "ok" | "degraded" | "failing";
                            checkedAt: string | null;
                            problem: {
                                /** @enum {string} */
                                kind: "denied" | "invalid_credentials" | "expired" | "clock_skew" | "throttled" | "not_found" | "conflict_state" | "already_exists" | "quota" | "capacity" | "invalid_input" | "region_disabled" | "not_enabled" | "unavailable" | "truncated" | "aborted" | "unsupported" | "unknown";
                                message: string;
                                call?: string;
                                region?: string;
                                action?: string;
                                providerCode?: string;
                                httpStatus?: number;
                                requestId?: string;
                                fields?: {
                                    field: string;
                                    message: string;
                                }[];
                            } | null;
                            granted: number;
                            missing: number;
                        };
                        /** Format: date-time */
                        credentialsChangedAt: string;
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    accountRotateCredentials: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
                accountId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    credentials: {
                        method: string;
                        values: {
                            [key: string]: string;
                        };
                    };
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        provider: string;
                        name: string;
                        nativeId: string;
                        principal: string;
                        method: string;
                        endpoint: string | null;
                        enabled: boolean;
                        features: ("inventory" | "metrics" | "costs" | "operate" | "create" | "delete")[];
                        health: {
                            /** @enum {string} */
                            status: "unknown" | "ok" | "degraded" | "failing";
                            checkedAt: string | null;
                            problem: {
                                /** @enum {string} */
                                kind: "denied" | "invalid_credentials" | "expired" | "clock_skew" | "throttled" | "not_found" | "conflict_state" | "already_exists" | "quota" | "capacity" | "invalid_input" | "region_disabled" | "not_enabled" | "unavailable" | "truncated" | "aborted" | "unsupported" | "unknown";
                                message: string;
                                call?: string;
                                region?: string;
                                action?: string;
                                providerCode?: string;
                                httpStatus?: number;
                                requestId?: string;
                                fields?: {
                                    field: string;
                                    message: string;
                                }[];
                            } | null;
                            granted: number;
                            missing: number;
                        };
                        /** Format: date-time */
                        credentialsChangedAt: string;
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    accountTest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
                accountId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        account: {
                            /** Format: uuid */
                            id: string;
                            provider: string;
                            name: string;
                            nativeId: string;
                            principal: string;
                            method: string;
                            endpoint: string | null;
                            enabled: boolean;
                            features: ("inventory" | "metrics" | "costs" | "operate" | "create" | "delete")[];
                            health: {
                                /** @enum {string} */
                                status: "unknown" | "ok" | "degraded" | "failing";
                                checkedAt: string | null;
                                problem: {
                                    /** @enum {string} */
                                    kind: "denied" | "invalid_credentials" | "expired" | "clock_skew" | "throttled" | "not_found" | "conflict_state" | "already_exists" | "quota" | "capacity" | "invalid_input" | "region_disabled" | "not_enabled" | "unavailable" | "truncated" | "aborted" | "unsupported" | "unknown";
                                    message: string;
                                    call?: string;
                                    region?: string;
                                    action?: string;
                                    providerCode?: string;
                                    httpStatus?: number;
                                    requestId?: string;
                                    fields?: {
                                        field: string;
                                        message: string;
                                    }[];
                                } | null;
                                granted: number;
                                missing: number;
                            };
                            /** Format: date-time */
                            credentialsChangedAt: string;
                            /** Format: date-time */
                            createdAt: string;
                        };
                        permissions: {
                            action: string;
                            /** @enum {string} */
                            feature: "inventory" | "metrics" | "costs" | "operate" | "create" | "delete";
                            service?: string;
                            /** @enum {string} */
                            granted: "yes" | "no" | "unknown";
                            reason: string;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resourceList: {
        parameters: {
            query?: {
                q?: string;
                provider?: string | string[];
                account?: string | string[];
                service?: string | string[];
                type?: string | string[];
                region?: string | string[];
                state?: string | string[];
                category?: string | string[];
                tag?: string | string[];
                vanished?: string;
                sort?: "name" | "-name" | "type" | "-type" | "region" | "-region" | "state" | "-state" | "cost" | "-cost" | "created" | "-created" | "changed" | "-changed";
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            /** Format: uuid */
                            accountId: string;
                            accountName: string;
                            provider: string;
                            service: string;
                            type: string;
                            category: string;
                            nativeId: string;
                            shortId: string;
                            name: string;
                            region: string;
                            zone: string | null;
                            /** @enum {string} */
                            state: "creating" | "starting" | "running" | "stopping" | "stopped" | "restarting" | "updating" | "deleting" | "deleted" | "available" | "in_use" | "active" | "failed" | "unknown";
                            stateRaw: string | null;
                            tags: {
                                [key: string]: string;
                            };
                            size: {
                                sku?: string;
                                cpus?: number;
                                memoryGiB?: number;
                                storageGiB?: number;
                                iops?: number;
                                throughputMiBs?: number;
                                nodes?: number;
                            } | null;
                            monthlyEstimate: {
                                amount: string;
                                currency: string;
                            } | null;
                            createdAt: string | null;
                            /** Format: date-time */
                            firstSeenAt: string;
                            /** Format: date-time */
                            changedAt: string;
                            vanishedAt: string | null;
                            pendingOrder: {
                                /** Format: uuid */
                                id: string;
                                operation: string;
                            } | null;
                        }[];
                        nextCursor: string | null;
                        total: number;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resourceSummary: {
        parameters: {
            query?: {
                q?: string;
                provider?: string | string[];
                account?: string | string[];
                service?: string | string[];
                type?: string | string[];
                region?: string | string[];
                state?: string | string[];
                category?: string | string[];
                tag?: string | string[];
                vanished?: string;
            };
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        total: number;
                        byService: {
                            provider: string;
                            service: string;
                            region: string;
                            count: number;
                        }[];
                        byType: {
                            provider: string;
                            type: string;
                            label: string;
                            category: string;
                            count: number;
                        }[];
                        byState: {
                            state: string;
                            count: number;
                        }[];
                        byAccount: {
                            /** Format: uuid */
                            accountId: string;
                            count: number;
                        }[];
                        tagKeys: {
                            key: string;
                            count: number;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resourceTable: {
        parameters: {
            query: {
                type: string | string[];
                q?: string;
                account?: string | string[];
                state?: string | string[];
                attribute?: string | string[];
                where?: string | string[];
                sort?: string;
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            /** Format: uuid */
                            accountId: string;
                            accountName: string;
                            provider: string;
                            service: string;
                            type: string;
                            category: string;
                            nativeId: string;
                            shortId: string;
                            name: string;
                            region: string;
                            zone: string | null;
                            /** @enum {string} */
                            state: "creating" | "starting" | "running" | "stopping" | "stopped" | "restarting" | "updating" | "deleting" | "deleted" | "available" | "in_use" | "active" | "failed" | "unknown";
                            stateRaw: string | null;
                            tags: {
                                [key: string]: string;
                            };
                            size: {
                                sku?: string;
                                cpus?: number;
                                memoryGiB?: number;
                                storageGiB?: number;
                                iops?: number;
                                throughputMiBs?: number;
                                nodes?: number;
                            } | null;
                            monthlyEstimate: {
                                amount: string;
                                currency: string;
                            } | null;
                            createdAt: string | null;
                            /** Format: date-time */
                            firstSeenAt: string;
                            /** Format: date-time */
                            changedAt: string;
                            vanishedAt: string | null;
                            pendingOrder: {
                                /** Format: uuid */
                                id: string;
                                operation: string;
                            } | null;
                            attributes: {
                                [key: string]: unknown;
                            };
                        }[];
                        nextCursor: string | null;
                        total: number;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resourceExport: {
        parameters: {
            query?: {
                q?: string;
                provider?: string | string[];
                account?: string | string[];
                service?: string | string[];
                type?: string | string[];
                region?: string | string[];
                state?: string | string[];
                category?: string | string[];
                tag?: string | string[];
                vanished?: string;
            };
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resourceGet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
                resourceId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        accountId: string;
                        accountName: string;
                        provider: string;
                        service: string;
                        type: string;
                        category: string;
                        nativeId: string;
                        shortId: string;
                        name: string;
                        region: string;
                        zone: string | null;
                        /** @enum {string} */
                        state: "creating" | "starting" | "running" | "stopping" | "stopped" | "restarting" | "updating" | "deleting" | "deleted" | "available" | "in_use" | "active" | "failed" | "unknown";
                        stateRaw: string | null;
                        tags: {
                            [key: string]: string;
                        };
                        size: {
                            sku?: string;
                            cpus?: number;
                            memoryGiB?: number;
                            storageGiB?: number;
                            iops?: number;
                            throughputMiBs?: number;
                            nodes?: number;
                        } | null;
                        monthlyEstimate: {
                            amount: string;
                            currency: string;
                        } | null;
                        createdAt: string | null;
                        /** Format: date-time */
                        firstSeenAt: string;
                        /** Format: date-time */
                        changedAt: string;
                        vanishedAt: string | null;
                        pendingOrder: {
                            /** Format: uuid */
                            id: string;
                            operation: string;
                        } | null;
                        attributes: {
                            [key: string]: unknown;
                        };
                        relations: {
                            kind: string;
                            /** @enum {string} */
                            direction: "to" | "from";
                            nativeId: string;
                            resource: {
                                /** Format: uuid */
                                id: string;
                                type: string;
                                name: string;
                                /** @enum {string} */
                                state: "creating" | "starting" | "running" | "stopping" | "stopped" | "restarting" | "updating" | "deleting" | "deleted" | "available" | "in_use" | "active" | "failed" | "unknown";
                                region: string;
                            } | null;
                        }[];
                        operations: {
                            id: string;
                            label: string;
                            parameters: {
                                name: string;
                                label: string;
                                help?: string;
                                /** @enum {string} */
                                kind: "text" | "secret" | "number" | "boolean" | "select" | "multiselect" | "tags" | "cidr" | "cidr_list" | "file" | "json";
                                required: boolean;
                                default?: components["schemas"]["JsonValue"];
                                pattern?: {
                                    source: string;
                                    message: string;
                                };
                                minLength?: number;
                                maxLength?: number;
                                min?: number;
                                max?: number;
                                integer?: boolean;
                                unit?: string;
                                maxBytes?: number;
                                options?: {
                                    value: string;
                                    label: string;
                                    detail?: string;
                                    disabledReason?: string;
                                }[];
                                picker?: boolean;
                                dependsOn?: string[];
                                when?: {
                                    field: string;
                                    in: (string | boolean)[];
                                };
                            }[];
                            /** @enum {string} */
                            confirm: "none" | "simple" | "typed";
                            dryRun: boolean;
                            undo: string | null;
                            blockedBy: string | null;
                        }[];
                        metrics: {
                            id: string;
                            label: string;
                            unit: string;
                            statistics: ("average" | "sum" | "minimum" | "maximum" | "samples" | "p50" | "p90" | "p95" | "p99")[];
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resourceHistory: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                org: string;
                workspace: string;
                resourceId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            /** Format: date-time */
                            at: string;
                            /** @enum {string} */
                            kind: "appeared" | "changed" | "vanished" | "returned";
                            fields: {
                                path: string;
                                from: unknown;
                                to: unknown;
                            }[];
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resourceMetrics: {
        parameters: {
            query: {
                metric: string;
                statistic?: "average" | "sum" | "minimum" | "maximum" | "samples" | "p50" | "p90" | "p95" | "p99";
                from: string;
                to: string;
                periodSeconds?: number;
            };
            header?: never;
            path: {
                org: string;
                workspace: string;
                resourceId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        series: {
                            nativeId: string;
                            metric: string;
                            /** @enum {string} */
                            statistic: "average" | "sum" | "minimum" | "maximum" | "samples" | "p50" | "p90" | "p95" | "p99";
                            unit: string;
                            periodSeconds: number;
                            points: {
                                /** Format: date-time */
                                at: string;
                                value: number;
                            }[];
                            complete: boolean;
                        };
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resourceViewList: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                            search: string;
                            mine: boolean;
                            shared: boolean;
                            /** Format: date-time */
                            createdAt: string;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resourceViewCreate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    search: string;
                    /** @default false */
                    shared?: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        name: string;
                        search: string;
                        mine: boolean;
                        shared: boolean;
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resourceViewDelete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
                viewId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    syncRunList: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                account?: string | string[];
            };
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            /** Format: uuid */
                            accountId: string;
                            accountName: string;
                            provider: string;
                            /** @enum {string} */
                            trigger: "manual" | "schedule" | "account";
                            /** @enum {string} */
                            status: "running" | "succeeded" | "partial" | "failed";
                            scopesTotal: number;
                            scopesDone: number;
                            resources: number;
                            appeared: number;
                            changed: number;
                            vanished: number;
                            problem: {
                                /** @enum {string} */
                                kind: "denied" | "invalid_credentials" | "expired" | "clock_skew" | "throttled" | "not_found" | "conflict_state" | "already_exists" | "quota" | "capacity" | "invalid_input" | "region_disabled" | "not_enabled" | "unavailable" | "truncated" | "aborted" | "unsupported" | "unknown";
                                message: string;
                                call?: string;
                                region?: string;
                                action?: string;
                                providerCode?: string;
                                httpStatus?: number;
                                requestId?: string;
                                fields?: {
                                    field: string;
                                    message: string;
                                }[];
                            } | null;
                            /** Format: date-time */
                            startedAt: string;
                            finishedAt: string | null;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    syncRunStart: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    accountIds?: string[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            /** Format: uuid */
                            accountId: string;
                            accountName: string;
                            provider: string;
                            /** @enum {string} */
                            trigger: "manual" | "schedule" | "account";
                            /** @enum {string} */
                            status: "running" | "succeeded" | "partial" | "failed";
                            scopesTotal: number;
                            scopesDone: number;
                            resources: number;
                            appeared: number;
                            changed: number;
                            vanished: number;
                            problem: {
                                /** @enum {string} */
                                kind: "denied" | "invalid_credentials" | "expired" | "clock_skew" | "throttled" | "not_found" | "conflict_state" | "already_exists" | "quota" | "capacity" | "invalid_input" | "region_disabled" | "not_enabled" | "unavailable" | "truncated" | "aborted" | "unsupported" | "unknown";
                                message: string;
                                call?: string;
                                region?: string;
                                action?: string;
                                providerCode?: string;
                                httpStatus?: number;
                                requestId?: string;
                                fields?: {
                                    field: string;
                                    message: string;
                                }[];
                            } | null;
                            /** Format: date-time */
                            startedAt: string;
                            finishedAt: string | null;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    syncRunGet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
                runId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        accountId: string;
                        accountName: string;
                        provider: string;
                        /** @enum {string} */
                        trigger: "manual" | "schedule" | "account";
                        /** @enum {string} */
                        status: "running" | "succeeded" | "partial" | "failed";
                        scopesTotal: number;
                        scopesDone: number;
                        resources: number;
                        appeared: number;
                        changed: number;
                        vanished: number;
                        problem: {
                            /** @enum {string} */
                            kind: "denied" | "invalid_credentials" | "expired" | "clock_skew" | "throttled" | "not_found" | "conflict_state" | "already_exists" | "quota" | "capacity" | "invalid_input" | "region_disabled" | "not_enabled" | "unavailable" | "truncated" | "aborted" | "unsupported" | "unknown";
                            message: string;
                            call?: string;
                            region?: string;
                            action?: string;
                            providerCode?: string;
                            httpStatus?: number;
                            requestId?: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                        } | null;
                        /** Format: date-time */
                        startedAt: string;
                        finishedAt: string | null;
                        scopes: {
                            service: string;
                            region: string;
                            /** @enum {string} */
                            status: "pending" | "running" | "done" | "failed";
                            count: number;
                            problems: {
                                type: string;
                                problem: {
                                    /** @enum {string} */
                                    kind: "denied" | "invalid_credentials" | "expired" | "clock_skew" | "throttled" | "not_found" | "conflict_state" | "already_exists" | "quota" | "capacity" | "invalid_input" | "region_disabled" | "not_enabled" | "unavailable" | "truncated" | "aborted" | "unsupported" | "unknown";
                                    message: string;
                                    call?: string;
                                    region?: string;
                                    action?: string;
                                    providerCode?: string;
                                    httpStatus?: number;
                                    requestId?: string;
                                    fields?: {
                                        field: string;
                                        message: string;
                                    }[];
                                };
                            }[];
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    accountRegionList: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
                accountId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: string;
                            label: string;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    inventoryLive: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    orderList: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                resourceId?: string;
                status?: "open" | "done" | "failed";
            };
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            kind: "operation" | "creation";
                            operation: string;
                            /** Format: uuid */
                            accountId: string;
                            accountName: string;
                            provider: string;
                            type: string;
                            region: string;
                            resourceId: string | null;
                            resourceName: string;
                            /** @enum {string} */
                            status: "pending" | "running" | "done" | "failed" | "needs_attention";
                            step: string | null;
                            message: string | null;
                            problem: {
                                /** @enum {string} */
                                kind: "denied" | "invalid_credentials" | "expired" | "clock_skew" | "throttled" | "not_found" | "conflict_state" | "already_exists" | "quota" | "capacity" | "invalid_input" | "region_disabled" | "not_enabled" | "unavailable" | "truncated" | "aborted" | "unsupported" | "unknown";
                                message: string;
                                call?: string;
                                region?: string;
                                action?: string;
                                providerCode?: string;
                                httpStatus?: number;
                                requestId?: string;
                                fields?: {
                                    field: string;
                                    message: string;
                                }[];
                            } | null;
                            input: {
                                [key: string]: components["schemas"]["JsonValue"];
                            };
                            result: {
                                [key: string]: unknown;
                            } | null;
                            requestedBy: string;
                            /** Format: date-time */
                            createdAt: string;
                            finishedAt: string | null;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    orderGet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
                orderId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** @enum {string} */
                        kind: "operation" | "creation";
                        operation: string;
                        /** Format: uuid */
                        accountId: string;
                        accountName: string;
                        provider: string;
                        type: string;
                        region: string;
                        resourceId: string | null;
                        resourceName: string;
                        /** @enum {string} */
                        status: "pending" | "running" | "done" | "failed" | "needs_attention";
                        step: string | null;
                        message: string | null;
                        problem: {
                            /** @enum {string} */
                            kind: "denied" | "invalid_credentials" | "expired" | "clock_skew" | "throttled" | "not_found" | "conflict_state" | "already_exists" | "quota" | "capacity" | "invalid_input" | "region_disabled" | "not_enabled" | "unavailable" | "truncated" | "aborted" | "unsupported" | "unknown";
                            message: string;
                            call?: string;
                            region?: string;
                            action?: string;
                            providerCode?: string;
                            httpStatus?: number;
                            requestId?: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                        } | null;
                        input: {
                            [key: string]: components["schemas"]["JsonValue"];
                        };
                        result: {
                            [key: string]: unknown;
                        } | null;
                        requestedBy: string;
                        /** Format: date-time */
                        createdAt: string;
                        finishedAt: string | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resourceOperate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    resourceIds: string[];
                    operation: string;
                    /** @default {} */
                    parameters?: {
                        [key: string]: components["schemas"]["JsonValueInput"];
                    };
                    confirm?: string;
                    /** @default false */
                    dryRun?: boolean;
                    idempotencyKey?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        orders: {
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            kind: "operation" | "creation";
                            operation: string;
                            /** Format: uuid */
                            accountId: string;
                            accountName: string;
                            provider: string;
                            type: string;
                            region: string;
                            resourceId: string | null;
                            resourceName: string;
                            /** @enum {string} */
                            status: "pending" | "running" | "done" | "failed" | "needs_attention";
                            step: string | null;
                            message: string | null;
                            problem: {
                                /** @enum {string} */
                                kind: "denied" | "invalid_credentials" | "expired" | "clock_skew" | "throttled" | "not_found" | "conflict_state" | "already_exists" | "quota" | "capacity" | "invalid_input" | "region_disabled" | "not_enabled" | "unavailable" | "truncated" | "aborted" | "unsupported" | "unknown";
                                message: string;
                                call?: string;
                                region?: string;
                                action?: string;
                                providerCode?: string;
                                httpStatus?: number;
                                requestId?: string;
                                fields?: {
                                    field: string;
                                    message: string;
                                }[];
                            } | null;
                            input: {
                                [key: string]: components["schemas"]["JsonValue"];
                            };
                            result: {
                                [key: string]: unknown;
                            } | null;
                            requestedBy: string;
                            /** Format: date-time */
                            createdAt: string;
                            finishedAt: string | null;
                        }[];
                        refused: {
                            /** Format: uuid */
                            resourceId: string;
                            reason: string;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    creatableList: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: string;
                            provider: string;
                            type: string;
                            label: string;
                            fields: {
                                name: string;
                                label: string;
                                help?: string;
                                /** @enum {string} */
                                kind: "text" | "secret" | "number" | "boolean" | "select" | "multiselect" | "tags" | "cidr" | "cidr_list" | "file" | "json";
                                required: boolean;
                                default?: components["schemas"]["JsonValue"];
                                pattern?: {
                                    source: string;
                                    message: string;
                                };
                                minLength?: number;
                                maxLength?: number;
                                min?: number;
                                max?: number;
                                integer?: boolean;
                                unit?: string;
                                maxBytes?: number;
                                options?: {
                                    value: string;
                                    label: string;
                                    detail?: string;
                                    disabledReason?: string;
                                }[];
                                picker?: boolean;
                                dependsOn?: string[];
                                when?: {
                                    field: string;
                                    in: (string | boolean)[];
                                };
                            }[];
                            dryRun: boolean;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    creatableOptions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    accountId: string;
                    creatable: string;
                    region: string;
                    input: {
                        [key: string]: components["schemas"]["JsonValueInput"];
                    };
                    field: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            value: string;
                            label: string;
                            detail?: string;
                            disabledReason?: string;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    creatableEstimate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    accountId: string;
                    creatable: string;
                    region: string;
                    input: {
                        [key: string]: components["schemas"]["JsonValueInput"];
                    };
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        monthly: {
                            amount: string;
                            currency: string;
                        } | null;
                        items: {
                            label: string;
                            quantity: string;
                            unit: string;
                            unitPrice: {
                                amount: string;
                                currency: string;
                            };
                            monthly: {
                                amount: string;
                                currency: string;
                            };
                        }[];
                        /** @enum {string} */
                        source: "live" | "bundled" | "mixed" | "none";
                        asOf: string;
                        assumptions: string[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resourceCreate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    accountId: string;
                    creatable: string;
                    region: string;
                    input: {
                        [key: string]: components["schemas"]["JsonValueInput"];
                    };
                    /** @default false */
                    dryRun?: boolean;
                    idempotencyKey?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** @enum {string} */
                        kind: "operation" | "creation";
                        operation: string;
                        /** Format: uuid */
                        accountId: string;
                        accountName: string;
                        provider: string;
                        type: string;
                        region: string;
                        resourceId: string | null;
                        resourceName: string;
                        /** @enum {string} */
                        status: "pending" | "running" | "done" | "failed" | "needs_attention";
                        step: string | null;
                        message: string | null;
                        problem: {
                            /** @enum {string} */
                            kind: "denied" | "invalid_credentials" | "expired" | "clock_skew" | "throttled" | "not_found" | "conflict_state" | "already_exists" | "quota" | "capacity" | "invalid_input" | "region_disabled" | "not_enabled" | "unavailable" | "truncated" | "aborted" | "unsupported" | "unknown";
                            message: string;
                            call?: string;
                            region?: string;
                            action?: string;
                            providerCode?: string;
                            httpStatus?: number;
                            requestId?: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                        } | null;
                        input: {
                            [key: string]: components["schemas"]["JsonValue"];
                        };
                        result: {
                            [key: string]: unknown;
                        } | null;
                        requestedBy: string;
                        /** Format: date-time */
                        createdAt: string;
                        finishedAt: string | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    costOverview: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        firstDay: string | null;
                        dataThrough: string | null;
                        completeThrough: string | null;
                        currencies: string[];
                        providers: string[];
                        accounts: {
                            id: string;
                            label: string;
                        }[];
                        lineItems: number;
                        tagKeys: string[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    costAsk: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default 30d */
                    period?: ("mtd" | "30d" | "90d" | "6m" | "1y") | {
                        /** Format: date */
                        from: string;
                        /** Format: date */
                        to: string;
                    };
                    /**
                     * @default day
                     * @enum {string}
                     */
                    grain?: "day" | "week" | "month" | "total";
                    /**
                     * @default billed
                     * @enum {string}
                     */
                    metric?: "billed" | "effective" | "list" | "contracted";
                    /** @default [] */
                    groupBy?: (("provider" | "billingAccount" | "account" | "service" | "category" | "region" | "chargeCategory" | "resource" | "resourceType" | "usageType" | "sku" | "commitment") | string)[];
                    /** @default [] */
                    filters?: {
                        dimension: ("provider" | "billingAccount" | "account" | "service" | "category" | "region" | "chargeCategory" | "resource" | "resourceType" | "usageType" | "sku" | "commitment") | string;
                        values: (string | null)[];
                        /** @default false */
                        exclude?: boolean;
                    }[];
                    /** @default 8 */
                    top?: number;
                    compare?: "previous" | {
                        /** Format: date */
                        from: string;
                        /** Format: date */
                        to: string;
                    };
                    currency?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        period: {
                            /** Format: date */
                            from: string;
                            /** Format: date */
                            to: string;
                        };
                        compare: {
                            /** Format: date */
                            from: string;
                            /** Format: date */
                            to: string;
                        } | null;
                        /** @enum {string} */
                        grain: "day" | "week" | "month" | "total";
                        /** @enum {string} */
                        metric: "billed" | "effective" | "list" | "contracted";
                        groupBy: string[];
                        groups: {
                            keys: (string | null)[];
                            labels: (string | null)[];
                            currency: string;
                            total: string;
                            previous: string | null;
                            comparable: string | null;
                            series: {
                                bucket: string;
                                amount: string;
                            }[];
                        }[];
                        rest: {
                            keys: (string | null)[];
                            labels: (string | null)[];
                            currency: string;
                            total: string;
                            previous: string | null;
                            comparable: string | null;
                            series: {
                                bucket: string;
                                amount: string;
                            }[];
                        }[];
                        totals: {
                            keys: (string | null)[];
                            labels: (string | null)[];
                            currency: string;
                            total: string;
                            previous: string | null;
                            comparable: string | null;
                            series: {
                                bucket: string;
                                amount: string;
                            }[];
                        }[];
                        dataThrough: string | null;
                        completeThrough: string | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    costLineItems: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default 30d */
                    period?: ("mtd" | "30d" | "90d" | "6m" | "1y") | {
                        /** Format: date */
                        from: string;
                        /** Format: date */
                        to: string;
                    };
                    /**
                     * @default billed
                     * @enum {string}
                     */
                    metric?: "billed" | "effective" | "list" | "contracted";
                    /** @default [] */
                    filters?: {
                        dimension: ("provider" | "billingAccount" | "account" | "service" | "category" | "region" | "chargeCategory" | "resource" | "resourceType" | "usageType" | "sku" | "commitment") | string;
                        values: (string | null)[];
                        /** @default false */
                        exclude?: boolean;
                    }[];
                    /** @default 50 */
                    limit?: number;
                    /** @default 0 */
                    offset?: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            [key: string]: string | null;
                        }[];
                        total: number;
                        sums: {
                            currency: string;
                            amount: string;
                        }[];
                        nextOffset: number | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    costValues: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    dimension: ("provider" | "billingAccount" | "account" | "service" | "category" | "region" | "chargeCategory" | "resource" | "resourceType" | "usageType" | "sku" | "commitment") | string;
                    /** @default 90d */
                    period?: ("mtd" | "30d" | "90d" | "6m" | "1y") | {
                        /** Format: date */
                        from: string;
                        /** Format: date */
                        to: string;
                    };
                    q?: string;
                    /** @default [] */
                    filters?: {
                        dimension: ("provider" | "billingAccount" | "account" | "service" | "category" | "region" | "chargeCategory" | "resource" | "resourceType" | "usageType" | "sku" | "commitment") | string;
                        values: (string | null)[];
                        /** @default false */
                        exclude?: boolean;
                    }[];
                    /** @default 100 */
                    limit?: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            value: string | null;
                            label: string | null;
                            currency: string;
                            amount: string;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    costForecast: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @default billed
                     * @enum {string}
                     */
                    metric?: "billed" | "effective" | "list" | "contracted";
                    /** @default [] */
                    filters?: {
                        dimension: ("provider" | "billingAccount" | "account" | "service" | "category" | "region" | "chargeCategory" | "resource" | "resourceType" | "usageType" | "sku" | "commitment") | string;
                        values: (string | null)[];
                        /** @default false */
                        exclude?: boolean;
                    }[];
                    currency?: string;
                    /** @default 30 */
                    days?: number;
                    /** @default 0.8 */
                    confidence?: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        completeThrough: string | null;
                        items: {
                            currency: string;
                            /** @enum {string} */
                            method: "seasonal" | "run-rate" | "none";
                            /** @enum {string} */
                            reason: "ok" | "few-days" | "no-data";
                            observed: number;
                            confidence: number;
                            days: {
                                /** Format: date */
                                day: string;
                                amount: string;
                                low: string;
                                high: string;
                            }[];
                            total: {
                                amount: string;
                                low: string;
                                high: string;
                            } | null;
                            month: {
                                month: string;
                                actual: string;
                                projected: string | null;
                                low: string | null;
                                high: string | null;
                                previous: string | null;
                            };
                            backtest: {
                                seasonal: number;
                                runRate: number;
                                straightLine: number;
                                cuts: number;
                            } | null;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    costImportList: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            status: "receiving" | "queued" | "running" | "imported" | "duplicate" | "failed" | "cancelled";
                            /** @enum {string} */
                            origin: "upload" | "folder" | "export" | "query";
                            /** @enum {string} */
                            onExisting: "replace" | "append" | "refuse";
                            files: {
                                name: string;
                                received: number;
                                total: number | null;
                                sha256: string | null;
                            }[];
                            account: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                            } | null;
                            progress: {
                                /** @enum {string} */
                                phase: "reading" | "writing" | "committing";
                                file: string;
                                fraction: number;
                            } | null;
                            rows: {
                                read: number;
                                accepted: number;
                                repaired: number;
                                refused: number;
                            } | null;
                            problem: {
                                code: string;
                                message: string;
                            } | null;
                            requestedBy: string;
                            /** Format: date-time */
                            createdAt: string;
                            finishedAt: string | null;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    costImportCreate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @default replace
                     * @enum {string}
                     */
                    onExisting?: "replace" | "append" | "refuse";
                    /** @default {} */
                    reading?: {
                        /** @default false */
                        decimalComma?: boolean;
                        /** @enum {string} */
                        dateOrder?: "dmy" | "mdy";
                    };
                    /** @default false */
                    force?: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** @enum {string} */
                        status: "receiving" | "queued" | "running" | "imported" | "duplicate" | "failed" | "cancelled";
                        /** @enum {string} */
                        origin: "upload" | "folder" | "export" | "query";
                        /** @enum {string} */
                        onExisting: "replace" | "append" | "refuse";
                        files: {
                            name: string;
                            received: number;
                            total: number | null;
                            sha256: string | null;
                        }[];
                        account: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                        } | null;
                        progress: {
                            /** @enum {string} */
                            phase: "reading" | "writing" | "committing";
                            file: string;
                            fraction: number;
                        } | null;
                        rows: {
                            read: number;
                            accepted: number;
                            repaired: number;
                            refused: number;
                        } | null;
                        problem: {
                            code: string;
                            message: string;
                        } | null;
                        requestedBy: string;
                        /** Format: date-time */
                        createdAt: string;
                        finishedAt: string | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    costImportUpload: {
        parameters: {
            query?: {
                offset?: number;
                total?: number;
            };
            header?: never;
            path: {
                org: string;
                workspace: string;
                importId: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** @enum {string} */
                        status: "receiving" | "queued" | "running" | "imported" | "duplicate" | "failed" | "cancelled";
                        /** @enum {string} */
                        origin: "upload" | "folder" | "export" | "query";
                        /** @enum {string} */
                        onExisting: "replace" | "append" | "refuse";
                        files: {
                            name: string;
                            received: number;
                            total: number | null;
                            sha256: string | null;
                        }[];
                        account: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                        } | null;
                        progress: {
                            /** @enum {string} */
                            phase: "reading" | "writing" | "committing";
                            file: string;
                            fraction: number;
                        } | null;
                        rows: {
                            read: number;
                            accepted: number;
                            repaired: number;
                            refused: number;
                        } | null;
                        problem: {
                            code: string;
                            message: string;
                        } | null;
                        requestedBy: string;
                        /** Format: date-time */
                        createdAt: string;
                        finishedAt: string | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    costImportStart: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
                importId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** @enum {string} */
                        status: "receiving" | "queued" | "running" | "imported" | "duplicate" | "failed" | "cancelled";
                        /** @enum {string} */
                        origin: "upload" | "folder" | "export" | "query";
                        /** @enum {string} */
                        onExisting: "replace" | "append" | "refuse";
                        files: {
                            name: string;
                            received: number;
                            total: number | null;
                            sha256: string | null;
                        }[];
                        account: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                        } | null;
                        progress: {
                            /** @enum {string} */
                            phase: "reading" | "writing" | "committing";
                            file: string;
                            fraction: number;
                        } | null;
                        rows: {
                            read: number;
                            accepted: number;
                            repaired: number;
                            refused: number;
                        } | null;
                        problem: {
                            code: string;
                            message: string;
                        } | null;
                        requestedBy: string;
                        /** Format: date-time */
                        createdAt: string;
                        finishedAt: string | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    costImportGet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
                importId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** @enum {string} */
                        status: "receiving" | "queued" | "running" | "imported" | "duplicate" | "failed" | "cancelled";
                        /** @enum {string} */
                        origin: "upload" | "folder" | "export" | "query";
                        /** @enum {string} */
                        onExisting: "replace" | "append" | "refuse";
                        files: {
                            name: string;
                            received: number;
                            total: number | null;
                            sha256: string | null;
                        }[];
                        account: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                        } | null;
                        progress: {
                            /** @enum {string} */
                            phase: "reading" | "writing" | "committing";
                            file: string;
                            fraction: number;
                        } | null;
                        rows: {
                            read: number;
                            accepted: number;
                            repaired: number;
                            refused: number;
                        } | null;
                        problem: {
                            code: string;
                            message: string;
                        } | null;
                        requestedBy: string;
                        /** Format: date-time */
                        createdAt: string;
                        finishedAt: string | null;
                        report: {
                            files: {
                                name: string;
                                sha256: string;
                                bytes: number;
                                format: string;
                                /** @enum {string} */
                                schema: "focus" | "cur-2.0";
                                version: string | null;
                                read: number;
                                accepted: number;
                                refused: {
                                    reason: string;
                                    text: string;
                                    rows: number;
                                }[];
                                repaired: {
                                    reason: string;
                                    text: string;
                                    rows: number;
                                }[];
                                repeatedHeaders: number;
                                sourceSums: {
                                    currency: string;
                                    rows: number;
                                    billed: string;
                                    effective: string;
                                    list: string;
                                    contracted: string;
                                }[];
                                renamedColumns: {
                                    from: string;
                                    to: string;
                                }[];
                                ignoredColumns: string[];
                                missingColumns: string[];
                            }[];
                            partitions: {
                                billingPeriod: string;
                                billingAccountId: string;
                                /** @enum {string} */
                                action: "created" | "replaced" | "appended";
                                before: {
                                    currency: string;
                                    rows: number;
                                    billed: string;
                                    effective: string;
                                    list: string;
                                    contracted: string;
                                }[];
                                after: {
                                    currency: string;
                                    rows: number;
                                    billed: string;
                                    effective: string;
                                    list: string;
                                    contracted: string;
                                }[];
                            }[];
                            reconciliation: {
                                billingPeriod: string;
                                billingAccountId: string;
                                currency: string;
                                sourceRows: number;
                                refusedRows: number;
                                storeRows: number;
                                sourceBilled: string;
                                refusedBilled: string;
                                storeBilled: string;
                                difference: string;
                            }[];
                            refusedSamples: {
                                file: string;
                                reason: string;
                                line: number | null;
                                values: (string | null)[];
                            }[];
                            hasRejects: boolean;
                        } | null;
                        duplicateOf: string | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    costImportRemove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
                importId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    costImportRejects: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
                importId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    costReconciliation: {
        parameters: {
            query?: {
                from?: string;
                to?: string;
                account?: string;
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            billingPeriod: string;
                            billingAccountId: string;
                            currency: string;
                            sourceRows: number;
                            refusedRows: number;
                            storeRows: number;
                            sourceBilled: string;
                            refusedBilled: string;
                            storeBilled: string;
                            difference: string;
                            importId: string | null;
                            origin: ("upload" | "folder" | "export" | "query") | null;
                            verifiedAt: string | null;
                            verifyProblem: string | null;
                            /** Format: date-time */
                            committedAt: string;
                            doubled: {
                                accountId: string;
                                otherBillingAccountId: string;
                                days: number;
                            }[];
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    costVerify: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    costConformance: {
        parameters: {
            query?: {
                month?: string;
                account?: string;
            };
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        month: string | null;
                        version: string;
                        rows: number;
                        score: number | null;
                        passed: number;
                        violated: number;
                        rules: {
                            id: string;
                            keyword: string;
                            column: string;
                            text: string;
                            /** @enum {string} */
                            status: "passed" | "violated" | "absent" | "not-asked";
                            violations: number;
                            samples: {
                                [key: string]: unknown;
                            }[];
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    costLive: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    costSourceList: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            accountId: string;
                            accountName: string;
                            provider: string;
                            /** @enum {string} */
                            mode: "off" | "query" | "export";
                            location: {
                                container: string;
                                region: string;
                                prefix: string;
                            } | null;
                            /** @enum {string} */
                            status: "never" | "queued" | "running" | "ok" | "failing";
                            problem: {
                                /** @enum {string} */
                                kind: "denied" | "invalid_credentials" | "expired" | "clock_skew" | "throttled" | "not_found" | "conflict_state" | "already_exists" | "quota" | "capacity" | "invalid_input" | "region_disabled" | "not_enabled" | "unavailable" | "truncated" | "aborted" | "unsupported" | "unknown";
                                message: string;
                                call?: string;
                                region?: string;
                                action?: string;
                                providerCode?: string;
                                httpStatus?: number;
                                requestId?: string;
                                fields?: {
                                    field: string;
                                    message: string;
                                }[];
                            } | null;
                            lastRunAt: string | null;
                            dataThrough: string | null;
                            queryCost: {
                                amount: string;
                                currency: string;
                            } | null;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    costSourcePut: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
                accountId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    mode: "off" | "query" | "export";
                    location?: {
                        container: string;
                        region: string;
                        /** @default  */
                        prefix?: string;
                    };
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        accountId: string;
                        accountName: string;
                        provider: string;
                        /** @enum {string} */
                        mode: "off" | "query" | "export";
                        location: {
                            container: string;
                            region: string;
                            prefix: string;
                        } | null;
                        /** @enum {string} */
                        status: "never" | "queued" | "running" | "ok" | "failing";
                        problem: {
                            /** @enum {string} */
                            kind: "denied" | "invalid_credentials" | "expired" | "clock_skew" | "throttled" | "not_found" | "conflict_state" | "already_exists" | "quota" | "capacity" | "invalid_input" | "region_disabled" | "not_enabled" | "unavailable" | "truncated" | "aborted" | "unsupported" | "unknown";
                            message: string;
                            call?: string;
                            region?: string;
                            action?: string;
                            providerCode?: string;
                            httpStatus?: number;
                            requestId?: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                        } | null;
                        lastRunAt: string | null;
                        dataThrough: string | null;
                        queryCost: {
                            amount: string;
                            currency: string;
                        } | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    costSourceRefresh: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
                accountId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        accountId: string;
                        accountName: string;
                        provider: string;
                        /** @enum {string} */
                        mode: "off" | "query" | "export";
                        location: {
                            container: string;
                            region: string;
                            prefix: string;
                        } | null;
                        /** @enum {string} */
                        status: "never" | "queued" | "running" | "ok" | "failing";
                        problem: {
                            /** @enum {string} */
                            kind: "denied" | "invalid_credentials" | "expired" | "clock_skew" | "throttled" | "not_found" | "conflict_state" | "already_exists" | "quota" | "capacity" | "invalid_input" | "region_disabled" | "not_enabled" | "unavailable" | "truncated" | "aborted" | "unsupported" | "unknown";
                            message: string;
                            call?: string;
                            region?: string;
                            action?: string;
                            providerCode?: string;
                            httpStatus?: number;
                            requestId?: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                        } | null;
                        lastRunAt: string | null;
                        dataThrough: string | null;
                        queryCost: {
                            amount: string;
                            currency: string;
                        } | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    costExportCsv: {
        parameters: {
            query: {
                q: string;
            };
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    costExportFocus: {
        parameters: {
            query: {
                q: string;
                format?: "csv" | "parquet";
            };
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    costExportPdf: {
        parameters: {
            query: {
                q: string;
                locale?: "en" | "pt-BR";
            };
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    costSettingsGet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        displayCurrency: string | null;
                        closedThrough: string | null;
                        retentionMonths: number | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    costSettingsPut: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    displayCurrency: string | null;
                    closedThrough: string | null;
                    retentionMonths: number | null;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        displayCurrency: string | null;
                        closedThrough: string | null;
                        retentionMonths: number | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    costRateList: {
        parameters: {
            query?: {
                from?: string;
                to?: string;
            };
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            from: string;
                            to: string;
                            /** Format: date */
                            day: string;
                            rate: string;
                            source: string;
                            /** Format: date-time */
                            updatedAt: string;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    costRatePut: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    items: {
                        from: string;
                        to: string;
                        /** Format: date */
                        day: string;
                        rate: string;
                    }[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            from: string;
                            to: string;
                            /** Format: date */
                            day: string;
                            rate: string;
                            source: string;
                            /** Format: date-time */
                            updatedAt: string;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    costRateImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        written: number;
                        refused: {
                            line: number;
                            reason: string;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    costRateRemove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
                rateId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    costViewList: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                            search: string;
                            mine: boolean;
                            shared: boolean;
                            /** Format: date-time */
                            createdAt: string;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    costViewCreate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    search: string;
                    /** @default false */
                    shared?: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        name: string;
                        search: string;
                        mine: boolean;
                        shared: boolean;
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    costViewRemove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
                viewId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    budgetList: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                            /** @enum {string} */
                            period: "monthly" | "quarterly" | "yearly";
                            amount: string;
                            currency: string;
                            /** @enum {string} */
                            metric: "billed" | "effective" | "list" | "contracted";
                            /** @default [] */
                            filters: {
                                dimension: ("provider" | "billingAccount" | "account" | "service" | "category" | "region" | "chargeCategory" | "resource" | "resourceType" | "usageType" | "sku" | "commitment") | string;
                                values: (string | null)[];
                                /** @default false */
                                exclude: boolean;
                            }[];
                            thresholds: {
                                percent: number;
                                /** @enum {string} */
                                on: "actual" | "forecast";
                            }[];
                            enabled: boolean;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            updatedAt: string;
                            state: {
                                /** Format: date */
                                periodStart: string;
                                /** Format: date */
                                periodEnd: string;
                                actual: string | null;
                                forecast: string | null;
                                percent: number | null;
                                forecastPercent: number | null;
                                /** @enum {string} */
                                status: "ok" | "warning" | "exceeded" | "unknown";
                                problem: string | null;
                                /** Format: date-time */
                                evaluatedAt: string;
                            } | null;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    budgetCreate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /** @enum {string} */
                    period: "monthly" | "quarterly" | "yearly";
                    amount: string;
                    currency: string;
                    /**
                     * @default billed
                     * @enum {string}
                     */
                    metric?: "billed" | "effective" | "list" | "contracted";
                    /** @default [] */
                    filters?: {
                        dimension: ("provider" | "billingAccount" | "account" | "service" | "category" | "region" | "chargeCategory" | "resource" | "resourceType" | "usageType" | "sku" | "commitment") | string;
                        values: (string | null)[];
                        /** @default false */
                        exclude?: boolean;
                    }[];
                    thresholds: {
                        percent: number;
                        /** @enum {string} */
                        on: "actual" | "forecast";
                    }[];
                    /** @default true */
                    enabled?: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        name: string;
                        /** @enum {string} */
                        period: "monthly" | "quarterly" | "yearly";
                        amount: string;
                        currency: string;
                        /** @enum {string} */
                        metric: "billed" | "effective" | "list" | "contracted";
                        /** @default [] */
                        filters: {
                            dimension: ("provider" | "billingAccount" | "account" | "service" | "category" | "region" | "chargeCategory" | "resource" | "resourceType" | "usageType" | "sku" | "commitment") | string;
                            values: (string | null)[];
                            /** @default false */
                            exclude: boolean;
                        }[];
                        thresholds: {
                            percent: number;
                            /** @enum {string} */
                            on: "actual" | "forecast";
                        }[];
                        enabled: boolean;
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        updatedAt: string;
                        state: {
                            /** Format: date */
                            periodStart: string;
                            /** Format: date */
                            periodEnd: string;
                            actual: string | null;
                            forecast: string | null;
                            percent: number | null;
                            forecastPercent: number | null;
                            /** @enum {string} */
                            status: "ok" | "warning" | "exceeded" | "unknown";
                            problem: string | null;
                            /** Format: date-time */
                            evaluatedAt: string;
                        } | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    budgetGet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
                budgetId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        name: string;
                        /** @enum {string} */
                        period: "monthly" | "quarterly" | "yearly";
                        amount: string;
                        currency: string;
                        /** @enum {string} */
                        metric: "billed" | "effective" | "list" | "contracted";
                        /** @default [] */
                        filters: {
                            dimension: ("provider" | "billingAccount" | "account" | "service" | "category" | "region" | "chargeCategory" | "resource" | "resourceType" | "usageType" | "sku" | "commitment") | string;
                            values: (string | null)[];
                            /** @default false */
                            exclude: boolean;
                        }[];
                        thresholds: {
                            percent: number;
                            /** @enum {string} */
                            on: "actual" | "forecast";
                        }[];
                        enabled: boolean;
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        updatedAt: string;
                        state: {
                            /** Format: date */
                            periodStart: string;
                            /** Format: date */
                            periodEnd: string;
                            actual: string | null;
                            forecast: string | null;
                            percent: number | null;
                            forecastPercent: number | null;
                            /** @enum {string} */
                            status: "ok" | "warning" | "exceeded" | "unknown";
                            problem: string | null;
                            /** Format: date-time */
                            evaluatedAt: string;
                        } | null;
                        history: {
                            /** Format: date */
                            periodStart: string;
                            /** Format: date */
                            periodEnd: string;
                            actual: string;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    budgetUpdate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
                budgetId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /** @enum {string} */
                    period: "monthly" | "quarterly" | "yearly";
                    amount: string;
                    currency: string;
                    /**
                     * @default billed
                     * @enum {string}
                     */
                    metric?: "billed" | "effective" | "list" | "contracted";
                    /** @default [] */
                    filters?: {
                        dimension: ("provider" | "billingAccount" | "account" | "service" | "category" | "region" | "chargeCategory" | "resource" | "resourceType" | "usageType" | "sku" | "commitment") | string;
                        values: (string | null)[];
                        /** @default false */
                        exclude?: boolean;
                    }[];
                    thresholds: {
                        percent: number;
                        /** @enum {string} */
                        on: "actual" | "forecast";
                    }[];
                    /** @default true */
                    enabled?: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        name: string;
                        /** @enum {string} */
                        period: "monthly" | "quarterly" | "yearly";
                        amount: string;
                        currency: string;
                        /** @enum {string} */
                        metric: "billed" | "effective" | "list" | "contracted";
                        /** @default [] */
                        filters: {
                            dimension: ("provider" | "billingAccount" | "account" | "service" | "category" | "region" | "chargeCategory" | "resource" | "resourceType" | "usageType" | "sku" | "commitment") | string;
                            values: (string | null)[];
                            /** @default false */
                            exclude: boolean;
                        }[];
                        thresholds: {
                            percent: number;
                            /** @enum {string} */
                            on: "actual" | "forecast";
                        }[];
                        enabled: boolean;
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        updatedAt: string;
                        state: {
                            /** Format: date */
                            periodStart: string;
                            /** Format: date */
                            periodEnd: string;
                            actual: string | null;
                            forecast: string | null;
                            percent: number | null;
                            forecastPercent: number | null;
                            /** @enum {string} */
                            status: "ok" | "warning" | "exceeded" | "unknown";
                            problem: string | null;
                            /** Format: date-time */
                            evaluatedAt: string;
                        } | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    budgetRemove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
                budgetId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    costAlertRuleList: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                            /** @default [] */
                            filters: {
                                dimension: ("provider" | "billingAccount" | "account" | "service" | "category" | "region" | "chargeCategory" | "resource" | "resourceType" | "usageType" | "sku" | "commitment") | string;
                                values: (string | null)[];
                                /** @default false */
                                exclude: boolean;
                            }[];
                            /** @enum {string} */
                            window: "day" | "week" | "month";
                            condition: {
                                /** @enum {string} */
                                kind: "amount";
                                amount: string;
                                currency: string;
                            } | {
                                /** @enum {string} */
                                kind: "percent";
                                percent: number;
                                /** @default 1 */
                                minAmount: string;
                                currency: string;
                            };
                            enabled: boolean;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            updatedAt: string;
                            lastFiredAt: string | null;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    costAlertRuleCreate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /** @default [] */
                    filters?: {
                        dimension: ("provider" | "billingAccount" | "account" | "service" | "category" | "region" | "chargeCategory" | "resource" | "resourceType" | "usageType" | "sku" | "commitment") | string;
                        values: (string | null)[];
                        /** @default false */
                        exclude?: boolean;
                    }[];
                    /** @enum {string} */
                    window: "day" | "week" | "month";
                    condition: {
                        /** @enum {string} */
                        kind: "amount";
                        amount: string;
                        currency: string;
                    } | {
                        /** @enum {string} */
                        kind: "percent";
                        percent: number;
                        /** @default 1 */
                        minAmount?: string;
                        currency: string;
                    };
                    /** @default true */
                    enabled?: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        name: string;
                        /** @default [] */
                        filters: {
                            dimension: ("provider" | "billingAccount" | "account" | "service" | "category" | "region" | "chargeCategory" | "resource" | "resourceType" | "usageType" | "sku" | "commitment") | string;
                            values: (string | null)[];
                            /** @default false */
                            exclude: boolean;
                        }[];
                        /** @enum {string} */
                        window: "day" | "week" | "month";
                        condition: {
                            /** @enum {string} */
                            kind: "amount";
                            amount: string;
                            currency: string;
                        } | {
                            /** @enum {string} */
                            kind: "percent";
                            percent: number;
                            /** @default 1 */
                            minAmount: string;
                            currency: string;
                        };
                        enabled: boolean;
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        updatedAt: string;
                        lastFiredAt: string | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    costAlertRuleUpdate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
                ruleId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /** @default [] */
                    filters?: {
                        dimension: ("provider" | "billingAccount" | "account" | "service" | "category" | "region" | "chargeCategory" | "resource" | "resourceType" | "usageType" | "sku" | "commitment") | string;
                        values: (string | null)[];
                        /** @default false */
                        exclude?: boolean;
                    }[];
                    /** @enum {string} */
                    window: "day" | "week" | "month";
                    condition: {
                        /** @enum {string} */
                        kind: "amount";
                        amount: string;
                        currency: string;
                    } | {
                        /** @enum {string} */
                        kind: "percent";
                        percent: number;
                        /** @default 1 */
                        minAmount?: string;
                        currency: string;
                    };
                    /** @default true */
                    enabled?: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        name: string;
                        /** @default [] */
                        filters: {
                            dimension: ("provider" | "billingAccount" | "account" | "service" | "category" | "region" | "chargeCategory" | "resource" | "resourceType" | "usageType" | "sku" | "commitment") | string;
                            values: (string | null)[];
                            /** @default false */
                            exclude: boolean;
                        }[];
                        /** @enum {string} */
                        window: "day" | "week" | "month";
                        condition: {
                            /** @enum {string} */
                            kind: "amount";
                            amount: string;
                            currency: string;
                        } | {
                            /** @enum {string} */
                            kind: "percent";
                            percent: number;
                            /** @default 1 */
                            minAmount: string;
                            currency: string;
                        };
                        enabled: boolean;
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        updatedAt: string;
                        lastFiredAt: string | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    costAlertRuleRemove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
                ruleId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    costAlertList: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                kind?: "budget" | "rule" | "anomaly";
                unread?: string;
            };
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            kind: "budget" | "rule" | "anomaly";
                            /** @enum {string} */
                            severity: "info" | "warning" | "critical";
                            /** Format: uuid */
                            sourceId: string;
                            sourceName: string;
                            facts: {
                                [key: string]: string | number | null;
                            };
                            currency: string;
                            /** Format: date */
                            periodStart: string;
                            read: boolean;
                            /** Format: date-time */
                            createdAt: string;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    costAlertUnread: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        unread: number;
                        latest: {
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            kind: "budget" | "rule" | "anomaly";
                            /** @enum {string} */
                            severity: "info" | "warning" | "critical";
                            /** Format: uuid */
                            sourceId: string;
                            sourceName: string;
                            facts: {
                                [key: string]: string | number | null;
                            };
                            currency: string;
                            /** Format: date */
                            periodStart: string;
                            read: boolean;
                            /** Format: date-time */
                            createdAt: string;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    costAlertMarkRead: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    ids: string[];
                } | {
                    /** @enum {boolean} */
                    all: true;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        unread: number;
                        latest: {
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            kind: "budget" | "rule" | "anomaly";
                            /** @enum {string} */
                            severity: "info" | "warning" | "critical";
                            /** Format: uuid */
                            sourceId: string;
                            sourceName: string;
                            facts: {
                                [key: string]: string | number | null;
                            };
                            currency: string;
                            /** Format: date */
                            periodStart: string;
                            read: boolean;
                            /** Format: date-time */
                            createdAt: string;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    costAlertPreferencesGet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        mail: boolean;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    costAlertPreferencesPut: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    mail: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        mail: boolean;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    costAnomalyList: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                status?: "open" | "expected";
                from?: string;
            };
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            service: string | null;
                            accountId: string | null;
                            accountLabel: string | null;
                            region: string | null;
                            provider: string | null;
                            currency: string;
                            /** Format: date */
                            day: string;
                            /** @enum {string} */
                            kind: "spike" | "drop" | "new";
                            actual: string;
                            expected: string;
                            impact: string;
                            score: number;
                            /** @enum {string} */
                            method: "seasonal" | "baseline" | "both";
                            /** @enum {string} */
                            status: "open" | "expected";
                            note: string | null;
                            markedBy: string | null;
                            /** Format: date-time */
                            detectedAt: string;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    costAnomalyGet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
                anomalyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        service: string | null;
                        accountId: string | null;
                        accountLabel: string | null;
                        region: string | null;
                        provider: string | null;
                        currency: string;
                        /** Format: date */
                        day: string;
                        /** @enum {string} */
                        kind: "spike" | "drop" | "new";
                        actual: string;
                        expected: string;
                        impact: string;
                        score: number;
                        /** @enum {string} */
                        method: "seasonal" | "baseline" | "both";
                        /** @enum {string} */
                        status: "open" | "expected";
                        note: string | null;
                        markedBy: string | null;
                        /** Format: date-time */
                        detectedAt: string;
                        series: {
                            /** Format: date */
                            day: string;
                            amount: string;
                        }[];
                        causes: {
                            dimension: ("provider" | "billingAccount" | "account" | "service" | "category" | "region" | "chargeCategory" | "resource" | "resourceType" | "usageType" | "sku" | "commitment") | string;
                            explained: number;
                            top: {
                                key: string | null;
                                actual: string;
                                usual: string;
                                change: string;
                                share: number;
                                isNew: boolean;
                            }[];
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    costAnomalyMark: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
                anomalyId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    status: "open" | "expected";
                    note?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        service: string | null;
                        accountId: string | null;
                        accountLabel: string | null;
                        region: string | null;
                        provider: string | null;
                        currency: string;
                        /** Format: date */
                        day: string;
                        /** @enum {string} */
                        kind: "spike" | "drop" | "new";
                        actual: string;
                        expected: string;
                        impact: string;
                        score: number;
                        /** @enum {string} */
                        method: "seasonal" | "baseline" | "both";
                        /** @enum {string} */
                        status: "open" | "expected";
                        note: string | null;
                        markedBy: string | null;
                        /** Format: date-time */
                        detectedAt: string;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    costAllocationRulesGet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        tagKey: string;
                        assign: {
                            match: {
                                dimension: ("provider" | "billingAccount" | "account" | "service" | "category" | "region" | "chargeCategory" | "resource" | "resourceType" | "usageType" | "sku" | "commitment") | string;
                                values: (string | null)[];
                            }[];
                            owner: string;
                        }[];
                        shared: {
                            match: {
                                dimension: ("provider" | "billingAccount" | "account" | "service" | "category" | "region" | "chargeCategory" | "resource" | "resourceType" | "usageType" | "sku" | "commitment") | string;
                                values: (string | null)[];
                            }[];
                            /** @enum {string} */
                            method: "even" | "proportional" | "fixed";
                            /** @default [] */
                            owners: string[];
                            /** @default {} */
                            weights: {
                                [key: string]: string;
                            };
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    costAllocationRulesPut: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    tagKey: string;
                    assign: {
                        match: {
                            dimension: ("provider" | "billingAccount" | "account" | "service" | "category" | "region" | "chargeCategory" | "resource" | "resourceType" | "usageType" | "sku" | "commitment") | string;
                            values: (string | null)[];
                        }[];
                        owner: string;
                    }[];
                    shared: {
                        match: {
                            dimension: ("provider" | "billingAccount" | "account" | "service" | "category" | "region" | "chargeCategory" | "resource" | "resourceType" | "usageType" | "sku" | "commitment") | string;
                            values: (string | null)[];
                        }[];
                        /** @enum {string} */
                        method: "even" | "proportional" | "fixed";
                        /** @default [] */
                        owners?: string[];
                        /** @default {} */
                        weights?: {
                            [key: string]: string;
                        };
                    }[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        tagKey: string;
                        assign: {
                            match: {
                                dimension: ("provider" | "billingAccount" | "account" | "service" | "category" | "region" | "chargeCategory" | "resource" | "resourceType" | "usageType" | "sku" | "commitment") | string;
                                values: (string | null)[];
                            }[];
                            owner: string;
                        }[];
                        shared: {
                            match: {
                                dimension: ("provider" | "billingAccount" | "account" | "service" | "category" | "region" | "chargeCategory" | "resource" | "resourceType" | "usageType" | "sku" | "commitment") | string;
                                values: (string | null)[];
                            }[];
                            /** @enum {string} */
                            method: "even" | "proportional" | "fixed";
                            /** @default [] */
                            owners: string[];
                            /** @default {} */
                            weights: {
                                [key: string]: string;
                            };
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    costAllocate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default 30d */
                    period?: ("mtd" | "30d" | "90d" | "6m" | "1y") | {
                        /** Format: date */
                        from: string;
                        /** Format: date */
                        to: string;
                    };
                    /**
                     * @default billed
                     * @enum {string}
                     */
                    metric?: "billed" | "effective" | "list" | "contracted";
                    /** @default [] */
                    filters?: {
                        dimension: ("provider" | "billingAccount" | "account" | "service" | "category" | "region" | "chargeCategory" | "resource" | "resourceType" | "usageType" | "sku" | "commitment") | string;
                        values: (string | null)[];
                        /** @default false */
                        exclude?: boolean;
                    }[];
                    currency?: string;
                    rules?: {
                        tagKey: string;
                        assign: {
                            match: {
                                dimension: ("provider" | "billingAccount" | "account" | "service" | "category" | "region" | "chargeCategory" | "resource" | "resourceType" | "usageType" | "sku" | "commitment") | string;
                                values: (string | null)[];
                            }[];
                            owner: string;
                        }[];
                        shared: {
                            match: {
                                dimension: ("provider" | "billingAccount" | "account" | "service" | "category" | "region" | "chargeCategory" | "resource" | "resourceType" | "usageType" | "sku" | "commitment") | string;
                                values: (string | null)[];
                            }[];
                            /** @enum {string} */
                            method: "even" | "proportional" | "fixed";
                            /** @default [] */
                            owners?: string[];
                            /** @default {} */
                            weights?: {
                                [key: string]: string;
                            };
                        }[];
                    };
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        period: {
                            /** Format: date */
                            from: string;
                            /** Format: date */
                            to: string;
                        };
                        rules: {
                            tagKey: string;
                            assign: {
                                match: {
                                    dimension: ("provider" | "billingAccount" | "account" | "service" | "category" | "region" | "chargeCategory" | "resource" | "resourceType" | "usageType" | "sku" | "commitment") | string;
                                    values: (string | null)[];
                                }[];
                                owner: string;
                            }[];
                            shared: {
                                match: {
                                    dimension: ("provider" | "billingAccount" | "account" | "service" | "category" | "region" | "chargeCategory" | "resource" | "resourceType" | "usageType" | "sku" | "commitment") | string;
                                    values: (string | null)[];
                                }[];
                                /** @enum {string} */
                                method: "even" | "proportional" | "fixed";
                                /** @default [] */
                                owners: string[];
                                /** @default {} */
                                weights: {
                                    [key: string]: string;
                                };
                            }[];
                        };
                        items: {
                            owner: string | null;
                            currency: string;
                            direct: string;
                            assigned: string;
                            shared: string;
                            total: string;
                        }[];
                        totals: {
                            currency: string;
                            total: string;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    costAllocationExport: {
        parameters: {
            query: {
                q: string;
            };
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    scheduleList: {
        parameters: {
            query?: {
                q?: string;
                operation?: "start" | "stop" | "resize";
                enabled?: string;
                resourceId?: string;
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            pairId: string | null;
                            name: string;
                            enabled: boolean;
                            /** @enum {string} */
                            operation: "start" | "stop" | "resize";
                            parameters: {
                                [key: string]: components["schemas"]["JsonValue"];
                            };
                            targets: {
                                resourceIds: string[];
                                tags: {
                                    key: string;
                                    value: string | null;
                                }[];
                                names: string[];
                            };
                            recurrence: {
                                /** @enum {string} */
                                kind: "daily" | "weekdays" | "weekends" | "days";
                                days: number[];
                            };
                            time: string;
                            timeZone: string;
                            validFrom: string | null;
                            validUntil: string | null;
                            holidays: (("BR" | "PT" | "US") | string)[];
                            missed: {
                                /** @enum {string} */
                                policy: "skip" | "run";
                                withinMinutes: number;
                            };
                            nextRun: {
                                /** Format: date-time */
                                at: string;
                                local: string;
                            } | null;
                            lastRun: {
                                /** Format: uuid */
                                id: string;
                                /** @enum {string} */
                                status: "pending" | "running" | "succeeded" | "partial" | "failed" | "skipped";
                                reason: ("holiday" | "override" | "missed" | "superseded" | "disabled" | "plan" | "permission" | "no_targets" | "gone" | "excluded" | "unsupported" | "account_disabled" | "feature_off" | "busy" | "started_since" | "state") | null;
                                /** Format: date-time */
                                at: string;
                            } | null;
                            override: {
                                /** Format: uuid */
                                id: string;
                                /** Format: date-time */
                                until: string;
                                note: string;
                                createdBy: string;
                                /** Format: date-time */
                                createdAt: string;
                            } | null;
                            savings: {
                                currency: string;
                                amount: string;
                                hours: number;
                                /** @enum {string} */
                                basis: "list_price";
                            }[];
                            actsAs: string;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            updatedAt: string;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    scheduleCreate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /** @default true */
                    enabled?: boolean;
                    /** @enum {string} */
                    operation: "start" | "stop" | "resize";
                    /** @default {} */
                    parameters?: {
                        [key: string]: components["schemas"]["JsonValueInput"];
                    };
                    targets: {
                        /** @default [] */
                        resourceIds?: string[];
                        /** @default [] */
                        tags?: {
                            key: string;
                            /** @default null */
                            value?: string | null;
                        }[];
                    };
                    recurrence: {
                        /** @enum {string} */
                        kind: "daily" | "weekdays" | "weekends" | "days";
                        /** @default [] */
                        days?: number[];
                    };
                    time: string;
                    timeZone: string;
                    /** @default null */
                    validFrom?: string | null;
                    /** @default null */
                    validUntil?: string | null;
                    /** @default [] */
                    holidays?: (("BR" | "PT" | "US") | string)[];
                    /**
                     * @default {
                     *       "policy": "run",
                     *       "withinMinutes": 60
                     *     }
                     */
                    missed?: {
                        /** @enum {string} */
                        policy: "skip" | "run";
                        /** @default 60 */
                        withinMinutes?: number;
                    };
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        pairId: string | null;
                        name: string;
                        enabled: boolean;
                        /** @enum {string} */
                        operation: "start" | "stop" | "resize";
                        parameters: {
                            [key: string]: components["schemas"]["JsonValue"];
                        };
                        targets: {
                            resourceIds: string[];
                            tags: {
                                key: string;
                                value: string | null;
                            }[];
                            names: string[];
                        };
                        recurrence: {
                            /** @enum {string} */
                            kind: "daily" | "weekdays" | "weekends" | "days";
                            days: number[];
                        };
                        time: string;
                        timeZone: string;
                        validFrom: string | null;
                        validUntil: string | null;
                        holidays: (("BR" | "PT" | "US") | string)[];
                        missed: {
                            /** @enum {string} */
                            policy: "skip" | "run";
                            withinMinutes: number;
                        };
                        nextRun: {
                            /** Format: date-time */
                            at: string;
                            local: string;
                        } | null;
                        lastRun: {
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            status: "pending" | "running" | "succeeded" | "partial" | "failed" | "skipped";
                            reason: ("holiday" | "override" | "missed" | "superseded" | "disabled" | "plan" | "permission" | "no_targets" | "gone" | "excluded" | "unsupported" | "account_disabled" | "feature_off" | "busy" | "started_since" | "state") | null;
                            /** Format: date-time */
                            at: string;
                        } | null;
                        override: {
                            /** Format: uuid */
                            id: string;
                            /** Format: date-time */
                            until: string;
                            note: string;
                            createdBy: string;
                            /** Format: date-time */
                            createdAt: string;
                        } | null;
                        savings: {
                            currency: string;
                            amount: string;
                            hours: number;
                            /** @enum {string} */
                            basis: "list_price";
                        }[];
                        actsAs: string;
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        updatedAt: string;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    schedulePairCreate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /** @default true */
                    enabled?: boolean;
                    targets: {
                        /** @default [] */
                        resourceIds?: string[];
                        /** @default [] */
                        tags?: {
                            key: string;
                            /** @default null */
                            value?: string | null;
                        }[];
                    };
                    start: {
                        recurrence: {
                            /** @enum {string} */
                            kind: "daily" | "weekdays" | "weekends" | "days";
                            /** @default [] */
                            days?: number[];
                        };
                        time: string;
                    };
                    stop: {
                        recurrence: {
                            /** @enum {string} */
                            kind: "daily" | "weekdays" | "weekends" | "days";
                            /** @default [] */
                            days?: number[];
                        };
                        time: string;
                    };
                    timeZone: string;
                    /** @default null */
                    validFrom?: string | null;
                    /** @default null */
                    validUntil?: string | null;
                    /** @default [] */
                    holidays?: (("BR" | "PT" | "US") | string)[];
                    /**
                     * @default {
                     *       "policy": "run",
                     *       "withinMinutes": 60
                     *     }
                     */
                    missed?: {
                        /** @enum {string} */
                        policy: "skip" | "run";
                        /** @default 60 */
                        withinMinutes?: number;
                    };
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        start: {
                            /** Format: uuid */
                            id: string;
                            pairId: string | null;
                            name: string;
                            enabled: boolean;
                            /** @enum {string} */
                            operation: "start" | "stop" | "resize";
                            parameters: {
                                [key: string]: components["schemas"]["JsonValue"];
                            };
                            targets: {
                                resourceIds: string[];
                                tags: {
                                    key: string;
                                    value: string | null;
                                }[];
                                names: string[];
                            };
                            recurrence: {
                                /** @enum {string} */
                                kind: "daily" | "weekdays" | "weekends" | "days";
                                days: number[];
                            };
                            time: string;
                            timeZone: string;
                            validFrom: string | null;
                            validUntil: string | null;
                            holidays: (("BR" | "PT" | "US") | string)[];
                            missed: {
                                /** @enum {string} */
                                policy: "skip" | "run";
                                withinMinutes: number;
                            };
                            nextRun: {
                                /** Format: date-time */
                                at: string;
                                local: string;
                            } | null;
                            lastRun: {
                                /** Format: uuid */
                                id: string;
                                /** @enum {string} */
                                status: "pending" | "running" | "succeeded" | "partial" | "failed" | "skipped";
                                reason: ("holiday" | "override" | "missed" | "superseded" | "disabled" | "plan" | "permission" | "no_targets" | "gone" | "excluded" | "unsupported" | "account_disabled" | "feature_off" | "busy" | "started_since" | "state") | null;
                                /** Format: date-time */
                                at: string;
                            } | null;
                            override: {
                                /** Format: uuid */
                                id: string;
                                /** Format: date-time */
                                until: string;
                                note: string;
                                createdBy: string;
                                /** Format: date-time */
                                createdAt: string;
                            } | null;
                            savings: {
                                currency: string;
                                amount: string;
                                hours: number;
                                /** @enum {string} */
                                basis: "list_price";
                            }[];
                            actsAs: string;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            updatedAt: string;
                        };
                        stop: {
                            /** Format: uuid */
                            id: string;
                            pairId: string | null;
                            name: string;
                            enabled: boolean;
                            /** @enum {string} */
                            operation: "start" | "stop" | "resize";
                            parameters: {
                                [key: string]: components["schemas"]["JsonValue"];
                            };
                            targets: {
                                resourceIds: string[];
                                tags: {
                                    key: string;
                                    value: string | null;
                                }[];
                                names: string[];
                            };
                            recurrence: {
                                /** @enum {string} */
                                kind: "daily" | "weekdays" | "weekends" | "days";
                                days: number[];
                            };
                            time: string;
                            timeZone: string;
                            validFrom: string | null;
                            validUntil: string | null;
                            holidays: (("BR" | "PT" | "US") | string)[];
                            missed: {
                                /** @enum {string} */
                                policy: "skip" | "run";
                                withinMinutes: number;
                            };
                            nextRun: {
                                /** Format: date-time */
                                at: string;
                                local: string;
                            } | null;
                            lastRun: {
                                /** Format: uuid */
                                id: string;
                                /** @enum {string} */
                                status: "pending" | "running" | "succeeded" | "partial" | "failed" | "skipped";
                                reason: ("holiday" | "override" | "missed" | "superseded" | "disabled" | "plan" | "permission" | "no_targets" | "gone" | "excluded" | "unsupported" | "account_disabled" | "feature_off" | "busy" | "started_since" | "state") | null;
                                /** Format: date-time */
                                at: string;
                            } | null;
                            override: {
                                /** Format: uuid */
                                id: string;
                                /** Format: date-time */
                                until: string;
                                note: string;
                                createdBy: string;
                                /** Format: date-time */
                                createdAt: string;
                            } | null;
                            savings: {
                                currency: string;
                                amount: string;
                                hours: number;
                                /** @enum {string} */
                                basis: "list_price";
                            }[];
                            actsAs: string;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            updatedAt: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    schedulePreview: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    operation: "start" | "stop" | "resize";
                    targets: {
                        resourceIds: string[];
                        tags: {
                            key: string;
                            /** @default null */
                            value?: string | null;
                        }[];
                    };
                    recurrence: {
                        /** @enum {string} */
                        kind: "daily" | "weekdays" | "weekends" | "days";
                        /** @default [] */
                        days?: number[];
                    };
                    time: string;
                    timeZone: string;
                    /** @default null */
                    validFrom?: string | null;
                    /** @default null */
                    validUntil?: string | null;
                    /** @default [] */
                    holidays?: (("BR" | "PT" | "US") | string)[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        occurrences: {
                            /** Format: date-time */
                            at: string;
                            local: string;
                            holiday: string | null;
                        }[];
                        resources: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                            type: string;
                            typeLabel: string;
                            provider: string;
                            region: string;
                            /** @enum {string} */
                            state: "creating" | "starting" | "running" | "stopping" | "stopped" | "restarting" | "updating" | "deleting" | "deleted" | "available" | "in_use" | "active" | "failed" | "unknown";
                            gone: boolean;
                            excluded: boolean;
                            supported: boolean;
                        }[];
                        truncated: boolean;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    scheduleGet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
                scheduleId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        pairId: string | null;
                        name: string;
                        enabled: boolean;
                        /** @enum {string} */
                        operation: "start" | "stop" | "resize";
                        parameters: {
                            [key: string]: components["schemas"]["JsonValue"];
                        };
                        targets: {
                            resourceIds: string[];
                            tags: {
                                key: string;
                                value: string | null;
                            }[];
                            names: string[];
                        };
                        recurrence: {
                            /** @enum {string} */
                            kind: "daily" | "weekdays" | "weekends" | "days";
                            days: number[];
                        };
                        time: string;
                        timeZone: string;
                        validFrom: string | null;
                        validUntil: string | null;
                        holidays: (("BR" | "PT" | "US") | string)[];
                        missed: {
                            /** @enum {string} */
                            policy: "skip" | "run";
                            withinMinutes: number;
                        };
                        nextRun: {
                            /** Format: date-time */
                            at: string;
                            local: string;
                        } | null;
                        lastRun: {
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            status: "pending" | "running" | "succeeded" | "partial" | "failed" | "skipped";
                            reason: ("holiday" | "override" | "missed" | "superseded" | "disabled" | "plan" | "permission" | "no_targets" | "gone" | "excluded" | "unsupported" | "account_disabled" | "feature_off" | "busy" | "started_since" | "state") | null;
                            /** Format: date-time */
                            at: string;
                        } | null;
                        override: {
                            /** Format: uuid */
                            id: string;
                            /** Format: date-time */
                            until: string;
                            note: string;
                            createdBy: string;
                            /** Format: date-time */
                            createdAt: string;
                        } | null;
                        savings: {
                            currency: string;
                            amount: string;
                            hours: number;
                            /** @enum {string} */
                            basis: "list_price";
                        }[];
                        actsAs: string;
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        updatedAt: string;
                        occurrences: {
                            /** Format: date-time */
                            at: string;
                            local: string;
                            holiday: string | null;
                        }[];
                        resources: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                            type: string;
                            typeLabel: string;
                            provider: string;
                            region: string;
                            /** @enum {string} */
                            state: "creating" | "starting" | "running" | "stopping" | "stopped" | "restarting" | "updating" | "deleting" | "deleted" | "available" | "in_use" | "active" | "failed" | "unknown";
                            gone: boolean;
                            excluded: boolean;
                            supported: boolean;
                        }[];
                        truncated: boolean;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    scheduleUpdate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
                scheduleId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /** @default true */
                    enabled?: boolean;
                    /** @enum {string} */
                    operation: "start" | "stop" | "resize";
                    /** @default {} */
                    parameters?: {
                        [key: string]: components["schemas"]["JsonValueInput"];
                    };
                    targets: {
                        /** @default [] */
                        resourceIds?: string[];
                        /** @default [] */
                        tags?: {
                            key: string;
                            /** @default null */
                            value?: string | null;
                        }[];
                    };
                    recurrence: {
                        /** @enum {string} */
                        kind: "daily" | "weekdays" | "weekends" | "days";
                        /** @default [] */
                        days?: number[];
                    };
                    time: string;
                    timeZone: string;
                    /** @default null */
                    validFrom?: string | null;
                    /** @default null */
                    validUntil?: string | null;
                    /** @default [] */
                    holidays?: (("BR" | "PT" | "US") | string)[];
                    /**
                     * @default {
                     *       "policy": "run",
                     *       "withinMinutes": 60
                     *     }
                     */
                    missed?: {
                        /** @enum {string} */
                        policy: "skip" | "run";
                        /** @default 60 */
                        withinMinutes?: number;
                    };
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        pairId: string | null;
                        name: string;
                        enabled: boolean;
                        /** @enum {string} */
                        operation: "start" | "stop" | "resize";
                        parameters: {
                            [key: string]: components["schemas"]["JsonValue"];
                        };
                        targets: {
                            resourceIds: string[];
                            tags: {
                                key: string;
                                value: string | null;
                            }[];
                            names: string[];
                        };
                        recurrence: {
                            /** @enum {string} */
                            kind: "daily" | "weekdays" | "weekends" | "days";
                            days: number[];
                        };
                        time: string;
                        timeZone: string;
                        validFrom: string | null;
                        validUntil: string | null;
                        holidays: (("BR" | "PT" | "US") | string)[];
                        missed: {
                            /** @enum {string} */
                            policy: "skip" | "run";
                            withinMinutes: number;
                        };
                        nextRun: {
                            /** Format: date-time */
                            at: string;
                            local: string;
                        } | null;
                        lastRun: {
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            status: "pending" | "running" | "succeeded" | "partial" | "failed" | "skipped";
                            reason: ("holiday" | "override" | "missed" | "superseded" | "disabled" | "plan" | "permission" | "no_targets" | "gone" | "excluded" | "unsupported" | "account_disabled" | "feature_off" | "busy" | "started_since" | "state") | null;
                            /** Format: date-time */
                            at: string;
                        } | null;
                        override: {
                            /** Format: uuid */
                            id: string;
                            /** Format: date-time */
                            until: string;
                            note: string;
                            createdBy: string;
                            /** Format: date-time */
                            createdAt: string;
                        } | null;
                        savings: {
                            currency: string;
                            amount: string;
                            hours: number;
                            /** @enum {string} */
                            basis: "list_price";
                        }[];
                        actsAs: string;
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        updatedAt: string;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    scheduleRemove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
                scheduleId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    scheduleEnable: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
                scheduleId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    enabled: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        pairId: string | null;
                        name: string;
                        enabled: boolean;
                        /** @enum {string} */
                        operation: "start" | "stop" | "resize";
                        parameters: {
                            [key: string]: components["schemas"]["JsonValue"];
                        };
                        targets: {
                            resourceIds: string[];
                            tags: {
                                key: string;
                                value: string | null;
                            }[];
                            names: string[];
                        };
                        recurrence: {
                            /** @enum {string} */
                            kind: "daily" | "weekdays" | "weekends" | "days";
                            days: number[];
                        };
                        time: string;
                        timeZone: string;
                        validFrom: string | null;
                        validUntil: string | null;
                        holidays: (("BR" | "PT" | "US") | string)[];
                        missed: {
                            /** @enum {string} */
                            policy: "skip" | "run";
                            withinMinutes: number;
                        };
                        nextRun: {
                            /** Format: date-time */
                            at: string;
                            local: string;
                        } | null;
                        lastRun: {
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            status: "pending" | "running" | "succeeded" | "partial" | "failed" | "skipped";
                            reason: ("holiday" | "override" | "missed" | "superseded" | "disabled" | "plan" | "permission" | "no_targets" | "gone" | "excluded" | "unsupported" | "account_disabled" | "feature_off" | "busy" | "started_since" | "state") | null;
                            /** Format: date-time */
                            at: string;
                        } | null;
                        override: {
                            /** Format: uuid */
                            id: string;
                            /** Format: date-time */
                            until: string;
                            note: string;
                            createdBy: string;
                            /** Format: date-time */
                            createdAt: string;
                        } | null;
                        savings: {
                            currency: string;
                            amount: string;
                            hours: number;
                            /** @enum {string} */
                            basis: "list_price";
                        }[];
                        actsAs: string;
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        updatedAt: string;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    scheduleDuplicate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
                scheduleId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        pairId: string | null;
                        name: string;
                        enabled: boolean;
                        /** @enum {string} */
                        operation: "start" | "stop" | "resize";
                        parameters: {
                            [key: string]: components["schemas"]["JsonValue"];
                        };
                        targets: {
                            resourceIds: string[];
                            tags: {
                                key: string;
                                value: string | null;
                            }[];
                            names: string[];
                        };
                        recurrence: {
                            /** @enum {string} */
                            kind: "daily" | "weekdays" | "weekends" | "days";
                            days: number[];
                        };
                        time: string;
                        timeZone: string;
                        validFrom: string | null;
                        validUntil: string | null;
                        holidays: (("BR" | "PT" | "US") | string)[];
                        missed: {
                            /** @enum {string} */
                            policy: "skip" | "run";
                            withinMinutes: number;
                        };
                        nextRun: {
                            /** Format: date-time */
                            at: string;
                            local: string;
                        } | null;
                        lastRun: {
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            status: "pending" | "running" | "succeeded" | "partial" | "failed" | "skipped";
                            reason: ("holiday" | "override" | "missed" | "superseded" | "disabled" | "plan" | "permission" | "no_targets" | "gone" | "excluded" | "unsupported" | "account_disabled" | "feature_off" | "busy" | "started_since" | "state") | null;
                            /** Format: date-time */
                            at: string;
                        } | null;
                        override: {
                            /** Format: uuid */
                            id: string;
                            /** Format: date-time */
                            until: string;
                            note: string;
                            createdBy: string;
                            /** Format: date-time */
                            createdAt: string;
                        } | null;
                        savings: {
                            currency: string;
                            amount: string;
                            hours: number;
                            /** @enum {string} */
                            basis: "list_price";
                        }[];
                        actsAs: string;
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        updatedAt: string;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    scheduleUpcoming: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: date-time */
                            at: string;
                            local: string;
                            /** Format: uuid */
                            scheduleId: string;
                            name: string;
                            /** @enum {string} */
                            operation: "start" | "stop" | "resize";
                            timeZone: string;
                            targets: string[];
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    scheduleTimeline: {
        parameters: {
            query: {
                from: string;
                to: string;
            };
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            scheduleId: string;
                            /** Format: date-time */
                            at: string;
                            /** @enum {string} */
                            operation: "start" | "stop" | "resize";
                            holiday: string | null;
                        }[];
                        truncated: boolean;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    scheduleExport: {
        parameters: {
            query?: {
                q?: string;
                operation?: "start" | "stop" | "resize";
                enabled?: string;
                resourceId?: string;
            };
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    scheduleLive: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    scheduleOverride: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
                scheduleId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: date-time */
                    until: string;
                    /** @default  */
                    note?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: date-time */
                        until: string;
                        note: string;
                        createdBy: string;
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    scheduleOverrideEnd: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
                scheduleId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    scheduleRunList: {
        parameters: {
            query?: {
                status?: "pending" | "running" | "succeeded" | "partial" | "failed" | "skipped";
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                org: string;
                workspace: string;
                scheduleId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            /** Format: uuid */
                            scheduleId: string;
                            /** @enum {string} */
                            trigger: "schedule" | "manual" | "override_ended";
                            /** @enum {string} */
                            operation: "start" | "stop" | "resize";
                            /** Format: date-time */
                            dueAt: string;
                            /** @enum {string} */
                            status: "pending" | "running" | "succeeded" | "partial" | "failed" | "skipped";
                            reason: ("holiday" | "override" | "missed" | "superseded" | "disabled" | "plan" | "permission" | "no_targets" | "gone" | "excluded" | "unsupported" | "account_disabled" | "feature_off" | "busy" | "started_since" | "state") | null;
                            note: string | null;
                            startedAt: string | null;
                            finishedAt: string | null;
                            requestedBy: string | null;
                            counts: {
                                total: number;
                                open: number;
                                done: number;
                                already: number;
                                failed: number;
                                skipped: number;
                            };
                            truncated: boolean;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    scheduleRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
                scheduleId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        scheduleId: string;
                        /** @enum {string} */
                        trigger: "schedule" | "manual" | "override_ended";
                        /** @enum {string} */
                        operation: "start" | "stop" | "resize";
                        /** Format: date-time */
                        dueAt: string;
                        /** @enum {string} */
                        status: "pending" | "running" | "succeeded" | "partial" | "failed" | "skipped";
                        reason: ("holiday" | "override" | "missed" | "superseded" | "disabled" | "plan" | "permission" | "no_targets" | "gone" | "excluded" | "unsupported" | "account_disabled" | "feature_off" | "busy" | "started_since" | "state") | null;
                        note: string | null;
                        startedAt: string | null;
                        finishedAt: string | null;
                        requestedBy: string | null;
                        counts: {
                            total: number;
                            open: number;
                            done: number;
                            already: number;
                            failed: number;
                            skipped: number;
                        };
                        truncated: boolean;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    scheduleRunGet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
                runId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        scheduleId: string;
                        /** @enum {string} */
                        trigger: "schedule" | "manual" | "override_ended";
                        /** @enum {string} */
                        operation: "start" | "stop" | "resize";
                        /** Format: date-time */
                        dueAt: string;
                        /** @enum {string} */
                        status: "pending" | "running" | "succeeded" | "partial" | "failed" | "skipped";
                        reason: ("holiday" | "override" | "missed" | "superseded" | "disabled" | "plan" | "permission" | "no_targets" | "gone" | "excluded" | "unsupported" | "account_disabled" | "feature_off" | "busy" | "started_since" | "state") | null;
                        note: string | null;
                        startedAt: string | null;
                        finishedAt: string | null;
                        requestedBy: string | null;
                        counts: {
                            total: number;
                            open: number;
                            done: number;
                            already: number;
                            failed: number;
                            skipped: number;
                        };
                        truncated: boolean;
                        scheduleName: string;
                        timeZone: string;
                        targets: {
                            /** Format: uuid */
                            resourceId: string;
                            name: string;
                            type: string;
                            /** @enum {string} */
                            outcome: "pending" | "ordered" | "done" | "already" | "failed" | "skipped";
                            reason: ("holiday" | "override" | "missed" | "superseded" | "disabled" | "plan" | "permission" | "no_targets" | "gone" | "excluded" | "unsupported" | "account_disabled" | "feature_off" | "busy" | "started_since" | "state") | null;
                            message: string | null;
                            orderId: string | null;
                            finishedAt: string | null;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    scheduleCalendarList: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                            dates: {
                                date: string;
                                name: string;
                            }[];
                            usedBy: number;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    scheduleCalendarCreate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    dates: {
                        /** Format: date */
                        date: string;
                        /** @default  */
                        name?: string;
                    }[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        name: string;
                        dates: {
                            date: string;
                            name: string;
                        }[];
                        usedBy: number;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    scheduleCalendarUpdate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                calendarId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    dates: {
                        /** Format: date */
                        date: string;
                        /** @default  */
                        name?: string;
                    }[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        name: string;
                        dates: {
                            date: string;
                            name: string;
                        }[];
                        usedBy: number;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    scheduleCalendarRemove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                calendarId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    scheduleNationalHolidays: {
        parameters: {
            query: {
                year: number;
            };
            header?: never;
            path: {
                org: string;
                country: "BR" | "PT" | "US";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            date: string;
                            name: string;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    recommendationList: {
        parameters: {
            query?: {
                q?: string;
                status?: string | string[];
                priority?: string | string[];
                category?: string | string[];
                rule?: string | string[];
                provider?: string | string[];
                account?: string | string[];
                region?: string | string[];
                assignee?: string | string[];
                resource?: string;
                sort?: "-saving" | "saving" | "-seen" | "name" | "priority";
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            ruleId: string;
                            title: {
                                en: string;
                                "pt-BR": string;
                            };
                            /** @enum {string} */
                            category: "idle" | "orphan" | "rightsize" | "modernize" | "schedule" | "storage" | "licence" | "commitment" | "hygiene";
                            /** @enum {string} */
                            status: "open" | "applying" | "applied" | "dismissed" | "expired" | "needs_attention";
                            /** @enum {string} */
                            priority: "high" | "medium" | "low";
                            provider: string;
                            /** Format: uuid */
                            accountId: string;
                            accountName: string;
                            region: string;
                            resource: {
                                /** Format: uuid */
                                id: string;
                                type: string;
                                nativeId: string;
                                name: string;
                            };
                            monthlySaving: {
                                amount: string;
                                currency: string;
                            } | null;
                            monthlySavingConverted: {
                                amount: string;
                                currency: string;
                            } | null;
                            counted: boolean;
                            /** @enum {string} */
                            confidence: "high" | "medium" | "low";
                            /** @enum {string} */
                            effort: "high" | "medium" | "low";
                            restart: boolean;
                            /** @enum {string} */
                            undoClass: "R" | "S" | "N";
                            action: string | null;
                            assignee: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                            } | null;
                            /** Format: date-time */
                            firstSeenAt: string;
                            /** Format: date-time */
                            lastSeenAt: string;
                            actionId: string | null;
                        }[];
                        nextCursor: string | null;
                        total: number;
                        hidden: number;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    savingsSummary: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        currency: string;
                        potentialMonthly: string;
                        open: number;
                        byPriority: {
                            /** @enum {string} */
                            priority: "high" | "medium" | "low";
                            count: number;
                            monthly: string;
                        }[];
                        byCategory: {
                            /** @enum {string} */
                            category: "idle" | "orphan" | "rightsize" | "modernize" | "schedule" | "storage" | "licence" | "commitment" | "hygiene";
                            count: number;
                            monthly: string;
                        }[];
                        byProvider: {
                            provider: string;
                            count: number;
                            monthly: string;
                        }[];
                        byRule: {
                            ruleId: string;
                            title: {
                                en: string;
                                "pt-BR": string;
                            };
                            count: number;
                            monthly: string;
                        }[];
                        appliedMonthly: string;
                        realisedTotal: string;
                        projection: {
                            month: string;
                            monthEnd: string;
                            monthEndAfterActions: string;
                        } | null;
                        lastScanAt: string | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    recommendationExportCsv: {
        parameters: {
            query?: {
                q?: string;
                status?: string | string[];
                priority?: string | string[];
                category?: string | string[];
                rule?: string | string[];
                provider?: string | string[];
                account?: string | string[];
                region?: string | string[];
                assignee?: string | string[];
                resource?: string;
            };
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    recommendationExportPdf: {
        parameters: {
            query?: {
                q?: string;
                status?: string | string[];
                priority?: string | string[];
                category?: string | string[];
                rule?: string | string[];
                provider?: string | string[];
                account?: string | string[];
                region?: string | string[];
                assignee?: string | string[];
                resource?: string;
                locale?: "pt-BR" | "en";
            };
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    recommendationGet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
                recommendationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        ruleId: string;
                        title: {
                            en: string;
                            "pt-BR": string;
                        };
                        /** @enum {string} */
                        category: "idle" | "orphan" | "rightsize" | "modernize" | "schedule" | "storage" | "licence" | "commitment" | "hygiene";
                        /** @enum {string} */
                        status: "open" | "applying" | "applied" | "dismissed" | "expired" | "needs_attention";
                        /** @enum {string} */
                        priority: "high" | "medium" | "low";
                        provider: string;
                        /** Format: uuid */
                        accountId: string;
                        accountName: string;
                        region: string;
                        resource: {
                            /** Format: uuid */
                            id: string;
                            type: string;
                            nativeId: string;
                            name: string;
                        };
                        monthlySaving: {
                            amount: string;
                            currency: string;
                        } | null;
                        monthlySavingConverted: {
                            amount: string;
                            currency: string;
                        } | null;
                        counted: boolean;
                        /** @enum {string} */
                        confidence: "high" | "medium" | "low";
                        /** @enum {string} */
                        effort: "high" | "medium" | "low";
                        restart: boolean;
                        /** @enum {string} */
                        undoClass: "R" | "S" | "N";
                        action: string | null;
                        assignee: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                        } | null;
                        /** Format: date-time */
                        firstSeenAt: string;
                        /** Format: date-time */
                        lastSeenAt: string;
                        actionId: string | null;
                        why: {
                            en: string;
                            "pt-BR": string;
                        };
                        remedy: {
                            en: string;
                            "pt-BR": string;
                        };
                        current: {
                            label: {
                                en: string;
                                "pt-BR": string;
                            };
                            value: string;
                        }[];
                        recommended: {
                            label: {
                                en: string;
                                "pt-BR": string;
                            };
                            value: string;
                        }[];
                        evidence: ({
                            /** @enum {string} */
                            kind: "series";
                            label: {
                                en: string;
                                "pt-BR": string;
                            };
                            unit: string;
                            threshold: number | null;
                            points: {
                                /** Format: date-time */
                                at: string;
                                value: number;
                            }[];
                        } | {
                            /** @enum {string} */
                            kind: "week";
                            label: {
                                en: string;
                                "pt-BR": string;
                            };
                            unit: string;
                            threshold: number | null;
                            hours: (number | null)[];
                        } | {
                            /** @enum {string} */
                            kind: "fact";
                            label: {
                                en: string;
                                "pt-BR": string;
                            };
                            value: string;
                        })[];
                        saving: {
                            /** @enum {string} */
                            method: "M0" | "M1" | "M2" | "M3" | "M4" | "M5";
                            explanation: {
                                en: string;
                                "pt-BR": string;
                            };
                            currentMonthly: {
                                amount: string;
                                currency: string;
                            } | null;
                        };
                        blockedBy: string | null;
                        dismissal: {
                            /** @enum {string} */
                            reason: "needed" | "planned" | "wrong" | "too_risky" | "other";
                            note: string;
                            by: string;
                            /** Format: date-time */
                            at: string;
                            until: string | null;
                        } | null;
                        keptBecause: {
                            /** @enum {string} */
                            reason: "too_young" | "no_metrics" | "too_few_metrics" | "no_cost" | "no_price" | "excluded" | "disabled" | "snoozed" | "region_off" | "missing_permission" | "not_synchronised" | "below_minimum" | "unknown_size" | "wrong_state" | "failed";
                            detail: string | null;
                        } | null;
                        related: {
                            /** Format: uuid */
                            id: string;
                            ruleId: string;
                            title: {
                                en: string;
                                "pt-BR": string;
                            };
                            /** @enum {string} */
                            status: "open" | "applying" | "applied" | "dismissed" | "expired" | "needs_attention";
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    recommendationDismiss: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
                recommendationId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    reason: "needed" | "planned" | "wrong" | "too_risky" | "other";
                    /** @default  */
                    note?: string;
                    /** @default null */
                    until?: string | null;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        ruleId: string;
                        title: {
                            en: string;
                            "pt-BR": string;
                        };
                        /** @enum {string} */
                        category: "idle" | "orphan" | "rightsize" | "modernize" | "schedule" | "storage" | "licence" | "commitment" | "hygiene";
                        /** @enum {string} */
                        status: "open" | "applying" | "applied" | "dismissed" | "expired" | "needs_attention";
                        /** @enum {string} */
                        priority: "high" | "medium" | "low";
                        provider: string;
                        /** Format: uuid */
                        accountId: string;
                        accountName: string;
                        region: string;
                        resource: {
                            /** Format: uuid */
                            id: string;
                            type: string;
                            nativeId: string;
                            name: string;
                        };
                        monthlySaving: {
                            amount: string;
                            currency: string;
                        } | null;
                        monthlySavingConverted: {
                            amount: string;
                            currency: string;
                        } | null;
                        counted: boolean;
                        /** @enum {string} */
                        confidence: "high" | "medium" | "low";
                        /** @enum {string} */
                        effort: "high" | "medium" | "low";
                        restart: boolean;
                        /** @enum {string} */
                        undoClass: "R" | "S" | "N";
                        action: string | null;
                        assignee: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                        } | null;
                        /** Format: date-time */
                        firstSeenAt: string;
                        /** Format: date-time */
                        lastSeenAt: string;
                        actionId: string | null;
                        why: {
                            en: string;
                            "pt-BR": string;
                        };
                        remedy: {
                            en: string;
                            "pt-BR": string;
                        };
                        current: {
                            label: {
                                en: string;
                                "pt-BR": string;
                            };
                            value: string;
                        }[];
                        recommended: {
                            label: {
                                en: string;
                                "pt-BR": string;
                            };
                            value: string;
                        }[];
                        evidence: ({
                            /** @enum {string} */
                            kind: "series";
                            label: {
                                en: string;
                                "pt-BR": string;
                            };
                            unit: string;
                            threshold: number | null;
                            points: {
                                /** Format: date-time */
                                at: string;
                                value: number;
                            }[];
                        } | {
                            /** @enum {string} */
                            kind: "week";
                            label: {
                                en: string;
                                "pt-BR": string;
                            };
                            unit: string;
                            threshold: number | null;
                            hours: (number | null)[];
                        } | {
                            /** @enum {string} */
                            kind: "fact";
                            label: {
                                en: string;
                                "pt-BR": string;
                            };
                            value: string;
                        })[];
                        saving: {
                            /** @enum {string} */
                            method: "M0" | "M1" | "M2" | "M3" | "M4" | "M5";
                            explanation: {
                                en: string;
                                "pt-BR": string;
                            };
                            currentMonthly: {
                                amount: string;
                                currency: string;
                            } | null;
                        };
                        blockedBy: string | null;
                        dismissal: {
                            /** @enum {string} */
                            reason: "needed" | "planned" | "wrong" | "too_risky" | "other";
                            note: string;
                            by: string;
                            /** Format: date-time */
                            at: string;
                            until: string | null;
                        } | null;
                        keptBecause: {
                            /** @enum {string} */
                            reason: "too_young" | "no_metrics" | "too_few_metrics" | "no_cost" | "no_price" | "excluded" | "disabled" | "snoozed" | "region_off" | "missing_permission" | "not_synchronised" | "below_minimum" | "unknown_size" | "wrong_state" | "failed";
                            detail: string | null;
                        } | null;
                        related: {
                            /** Format: uuid */
                            id: string;
                            ruleId: string;
                            title: {
                                en: string;
                                "pt-BR": string;
                            };
                            /** @enum {string} */
                            status: "open" | "applying" | "applied" | "dismissed" | "expired" | "needs_attention";
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    recommendationReopen: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
                recommendationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        ruleId: string;
                        title: {
                            en: string;
                            "pt-BR": string;
                        };
                        /** @enum {string} */
                        category: "idle" | "orphan" | "rightsize" | "modernize" | "schedule" | "storage" | "licence" | "commitment" | "hygiene";
                        /** @enum {string} */
                        status: "open" | "applying" | "applied" | "dismissed" | "expired" | "needs_attention";
                        /** @enum {string} */
                        priority: "high" | "medium" | "low";
                        provider: string;
                        /** Format: uuid */
                        accountId: string;
                        accountName: string;
                        region: string;
                        resource: {
                            /** Format: uuid */
                            id: string;
                            type: string;
                            nativeId: string;
                            name: string;
                        };
                        monthlySaving: {
                            amount: string;
                            currency: string;
                        } | null;
                        monthlySavingConverted: {
                            amount: string;
                            currency: string;
                        } | null;
                        counted: boolean;
                        /** @enum {string} */
                        confidence: "high" | "medium" | "low";
                        /** @enum {string} */
                        effort: "high" | "medium" | "low";
                        restart: boolean;
                        /** @enum {string} */
                        undoClass: "R" | "S" | "N";
                        action: string | null;
                        assignee: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                        } | null;
                        /** Format: date-time */
                        firstSeenAt: string;
                        /** Format: date-time */
                        lastSeenAt: string;
                        actionId: string | null;
                        why: {
                            en: string;
                            "pt-BR": string;
                        };
                        remedy: {
                            en: string;
                            "pt-BR": string;
                        };
                        current: {
                            label: {
                                en: string;
                                "pt-BR": string;
                            };
                            value: string;
                        }[];
                        recommended: {
                            label: {
                                en: string;
                                "pt-BR": string;
                            };
                            value: string;
                        }[];
                        evidence: ({
                            /** @enum {string} */
                            kind: "series";
                            label: {
                                en: string;
                                "pt-BR": string;
                            };
                            unit: string;
                            threshold: number | null;
                            points: {
                                /** Format: date-time */
                                at: string;
                                value: number;
                            }[];
                        } | {
                            /** @enum {string} */
                            kind: "week";
                            label: {
                                en: string;
                                "pt-BR": string;
                            };
                            unit: string;
                            threshold: number | null;
                            hours: (number | null)[];
                        } | {
                            /** @enum {string} */
                            kind: "fact";
                            label: {
                                en: string;
                                "pt-BR": string;
                            };
                            value: string;
                        })[];
                        saving: {
                            /** @enum {string} */
                            method: "M0" | "M1" | "M2" | "M3" | "M4" | "M5";
                            explanation: {
                                en: string;
                                "pt-BR": string;
                            };
                            currentMonthly: {
                                amount: string;
                                currency: string;
                            } | null;
                        };
                        blockedBy: string | null;
                        dismissal: {
                            /** @enum {string} */
                            reason: "needed" | "planned" | "wrong" | "too_risky" | "other";
                            note: string;
                            by: string;
                            /** Format: date-time */
                            at: string;
                            until: string | null;
                        } | null;
                        keptBecause: {
                            /** @enum {string} */
                            reason: "too_young" | "no_metrics" | "too_few_metrics" | "no_cost" | "no_price" | "excluded" | "disabled" | "snoozed" | "region_off" | "missing_permission" | "not_synchronised" | "below_minimum" | "unknown_size" | "wrong_state" | "failed";
                            detail: string | null;
                        } | null;
                        related: {
                            /** Format: uuid */
                            id: string;
                            ruleId: string;
                            title: {
                                en: string;
                                "pt-BR": string;
                            };
                            /** @enum {string} */
                            status: "open" | "applying" | "applied" | "dismissed" | "expired" | "needs_attention";
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    recommendationAssign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
                recommendationId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    userId: string | null;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        ruleId: string;
                        title: {
                            en: string;
                            "pt-BR": string;
                        };
                        /** @enum {string} */
                        category: "idle" | "orphan" | "rightsize" | "modernize" | "schedule" | "storage" | "licence" | "commitment" | "hygiene";
                        /** @enum {string} */
                        status: "open" | "applying" | "applied" | "dismissed" | "expired" | "needs_attention";
                        /** @enum {string} */
                        priority: "high" | "medium" | "low";
                        provider: string;
                        /** Format: uuid */
                        accountId: string;
                        accountName: string;
                        region: string;
                        resource: {
                            /** Format: uuid */
                            id: string;
                            type: string;
                            nativeId: string;
                            name: string;
                        };
                        monthlySaving: {
                            amount: string;
                            currency: string;
                        } | null;
                        monthlySavingConverted: {
                            amount: string;
                            currency: string;
                        } | null;
                        counted: boolean;
                        /** @enum {string} */
                        confidence: "high" | "medium" | "low";
                        /** @enum {string} */
                        effort: "high" | "medium" | "low";
                        restart: boolean;
                        /** @enum {string} */
                        undoClass: "R" | "S" | "N";
                        action: string | null;
                        assignee: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                        } | null;
                        /** Format: date-time */
                        firstSeenAt: string;
                        /** Format: date-time */
                        lastSeenAt: string;
                        actionId: string | null;
                        why: {
                            en: string;
                            "pt-BR": string;
                        };
                        remedy: {
                            en: string;
                            "pt-BR": string;
                        };
                        current: {
                            label: {
                                en: string;
                                "pt-BR": string;
                            };
                            value: string;
                        }[];
                        recommended: {
                            label: {
                                en: string;
                                "pt-BR": string;
                            };
                            value: string;
                        }[];
                        evidence: ({
                            /** @enum {string} */
                            kind: "series";
                            label: {
                                en: string;
                                "pt-BR": string;
                            };
                            unit: string;
                            threshold: number | null;
                            points: {
                                /** Format: date-time */
                                at: string;
                                value: number;
                            }[];
                        } | {
                            /** @enum {string} */
                            kind: "week";
                            label: {
                                en: string;
                                "pt-BR": string;
                            };
                            unit: string;
                            threshold: number | null;
                            hours: (number | null)[];
                        } | {
                            /** @enum {string} */
                            kind: "fact";
                            label: {
                                en: string;
                                "pt-BR": string;
                            };
                            value: string;
                        })[];
                        saving: {
                            /** @enum {string} */
                            method: "M0" | "M1" | "M2" | "M3" | "M4" | "M5";
                            explanation: {
                                en: string;
                                "pt-BR": string;
                            };
                            currentMonthly: {
                                amount: string;
                                currency: string;
                            } | null;
                        };
                        blockedBy: string | null;
                        dismissal: {
                            /** @enum {string} */
                            reason: "needed" | "planned" | "wrong" | "too_risky" | "other";
                            note: string;
                            by: string;
                            /** Format: date-time */
                            at: string;
                            until: string | null;
                        } | null;
                        keptBecause: {
                            /** @enum {string} */
                            reason: "too_young" | "no_metrics" | "too_few_metrics" | "no_cost" | "no_price" | "excluded" | "disabled" | "snoozed" | "region_off" | "missing_permission" | "not_synchronised" | "below_minimum" | "unknown_size" | "wrong_state" | "failed";
                            detail: string | null;
                        } | null;
                        related: {
                            /** Format: uuid */
                            id: string;
                            ruleId: string;
                            title: {
                                en: string;
                                "pt-BR": string;
                            };
                            /** @enum {string} */
                            status: "open" | "applying" | "applied" | "dismissed" | "expired" | "needs_attention";
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    savingsLive: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    scanList: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            trigger: "manual" | "schedule" | "sync";
                            /** @enum {string} */
                            status: "running" | "succeeded" | "partial" | "failed";
                            /** @enum {string} */
                            phase: "metrics" | "rules" | "done";
                            done: number;
                            total: number;
                            examined: number;
                            found: number;
                            opened: number;
                            expired: number;
                            message: string | null;
                            /** Format: date-time */
                            startedAt: string;
                            finishedAt: string | null;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    scanStart: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** @enum {string} */
                        trigger: "manual" | "schedule" | "sync";
                        /** @enum {string} */
                        status: "running" | "succeeded" | "partial" | "failed";
                        /** @enum {string} */
                        phase: "metrics" | "rules" | "done";
                        done: number;
                        total: number;
                        examined: number;
                        found: number;
                        opened: number;
                        expired: number;
                        message: string | null;
                        /** Format: date-time */
                        startedAt: string;
                        finishedAt: string | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    scanGet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
                scanId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** @enum {string} */
                        trigger: "manual" | "schedule" | "sync";
                        /** @enum {string} */
                        status: "running" | "succeeded" | "partial" | "failed";
                        /** @enum {string} */
                        phase: "metrics" | "rules" | "done";
                        done: number;
                        total: number;
                        examined: number;
                        found: number;
                        opened: number;
                        expired: number;
                        message: string | null;
                        /** Format: date-time */
                        startedAt: string;
                        finishedAt: string | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    savingsRuleList: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: string;
                            provider: string;
                            resourceType: string;
                            /** @enum {string} */
                            category: "idle" | "orphan" | "rightsize" | "modernize" | "schedule" | "storage" | "licence" | "commitment" | "hygiene";
                            title: {
                                en: string;
                                "pt-BR": string;
                            };
                            criterion: {
                                en: string;
                                "pt-BR": string;
                            };
                            remedy: {
                                en: string;
                                "pt-BR": string;
                            };
                            /** @enum {string} */
                            savingMethod: "M0" | "M1" | "M2" | "M3" | "M4" | "M5";
                            /** @enum {string} */
                            confidence: "high" | "medium" | "low";
                            /** @enum {string} */
                            effort: "high" | "medium" | "low";
                            restart: boolean;
                            /** @enum {string} */
                            undoClass: "R" | "S" | "N";
                            action: string | null;
                            parameters: {
                                id: string;
                                label: {
                                    en: string;
                                    "pt-BR": string;
                                };
                                unit: string;
                                default: number;
                                minimum: number;
                                maximum: number;
                            }[];
                            metrics: string[];
                            permissions: {
                                read: string[];
                                apply: string[];
                                undo: string[];
                            };
                            enabled: boolean;
                            snoozedUntil: string | null;
                            values: {
                                [key: string]: number;
                            };
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    savingsRuleUpdate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
                ruleId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    enabled?: boolean;
                    snoozedUntil?: string | null;
                    values?: {
                        [key: string]: number | null;
                    };
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        provider: string;
                        resourceType: string;
                        /** @enum {string} */
                        category: "idle" | "orphan" | "rightsize" | "modernize" | "schedule" | "storage" | "licence" | "commitment" | "hygiene";
                        title: {
                            en: string;
                            "pt-BR": string;
                        };
                        criterion: {
                            en: string;
                            "pt-BR": string;
                        };
                        remedy: {
                            en: string;
                            "pt-BR": string;
                        };
                        /** @enum {string} */
                        savingMethod: "M0" | "M1" | "M2" | "M3" | "M4" | "M5";
                        /** @enum {string} */
                        confidence: "high" | "medium" | "low";
                        /** @enum {string} */
                        effort: "high" | "medium" | "low";
                        restart: boolean;
                        /** @enum {string} */
                        undoClass: "R" | "S" | "N";
                        action: string | null;
                        parameters: {
                            id: string;
                            label: {
                                en: string;
                                "pt-BR": string;
                            };
                            unit: string;
                            default: number;
                            minimum: number;
                            maximum: number;
                        }[];
                        metrics: string[];
                        permissions: {
                            read: string[];
                            apply: string[];
                            undo: string[];
                        };
                        enabled: boolean;
                        snoozedUntil: string | null;
                        values: {
                            [key: string]: number;
                        };
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    savingsSettingsGet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        excludeTags: string[];
                        minimumMonthly: string;
                        regions: string[];
                        scanEveryHours: number | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    savingsSettingsPut: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    excludeTags: string[];
                    minimumMonthly: string;
                    regions: string[];
                    scanEveryHours: number | null;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        excludeTags: string[];
                        minimumMonthly: string;
                        regions: string[];
                        scanEveryHours: number | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    savingsDiagnosticList: {
        parameters: {
            query?: {
                rule?: string | string[];
                account?: string | string[];
                region?: string | string[];
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            ruleId: string;
                            title: {
                                en: string;
                                "pt-BR": string;
                            };
                            /** Format: uuid */
                            accountId: string;
                            accountName: string;
                            region: string;
                            examined: number;
                            found: number;
                            clear: number;
                            skipped: {
                                /** @enum {string} */
                                reason: "too_young" | "no_metrics" | "too_few_metrics" | "no_cost" | "no_price" | "excluded" | "disabled" | "snoozed" | "region_off" | "missing_permission" | "not_synchronised" | "below_minimum" | "unknown_size" | "wrong_state" | "failed";
                                count: number;
                                detail: string | null;
                            }[];
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    savingsViewList: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                            search: string;
                            mine: boolean;
                            shared: boolean;
                            /** Format: date-time */
                            createdAt: string;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    savingsViewCreate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    search: string;
                    /** @default false */
                    shared?: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        name: string;
                        search: string;
                        mine: boolean;
                        shared: boolean;
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    savingsViewDelete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
                viewId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    recommendationPlan: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
                recommendationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        kind: string;
                        /** @enum {string} */
                        undoClass: "R" | "S" | "N";
                        steps: {
                            operation: string;
                            target: {
                                type: string;
                                nativeId: string;
                                id: string;
                                region: string;
                            };
                            parameters: {
                                [key: string]: unknown;
                            };
                            calls: string[];
                            /** @enum {string} */
                            status: "pending" | "running" | "done" | "already" | "failed" | "undone" | "undo_failed" | "skipped";
                            message: string | null;
                            startedAt: string | null;
                            finishedAt: string | null;
                        }[];
                        undoSteps: {
                            operation: string;
                            target: {
                                type: string;
                                nativeId: string;
                                id: string;
                                region: string;
                            };
                            parameters: {
                                [key: string]: unknown;
                            };
                            calls: string[];
                            /** @enum {string} */
                            status: "pending" | "running" | "done" | "already" | "failed" | "undone" | "undo_failed" | "skipped";
                            message: string | null;
                            startedAt: string | null;
                            finishedAt: string | null;
                        }[];
                        effect: {
                            en: string;
                            "pt-BR": string;
                        };
                        undoEffect: {
                            en: string;
                            "pt-BR": string;
                        };
                        /** @enum {string} */
                        confirm: "simple" | "typed";
                        dryRun: {
                            allowed: boolean;
                            message: string;
                        } | null;
                        needsApproval: boolean;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    recommendationApply: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
                recommendationId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    idempotencyKey: string;
                    confirmName?: string;
                    /** @default  */
                    note?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        recommendationId: string;
                        ruleId: string;
                        title: {
                            en: string;
                            "pt-BR": string;
                        };
                        kind: string;
                        /** @enum {string} */
                        status: "waiting" | "running" | "applied" | "quarantined" | "final" | "failed" | "undoing" | "undone" | "rejected" | "withdrawn" | "expired" | "needs_attention";
                        provider: string;
                        /** Format: uuid */
                        accountId: string;
                        accountName: string;
                        resource: {
                            /** Format: uuid */
                            id: string;
                            type: string;
                            nativeId: string;
                            name: string;
                            region: string;
                        };
                        monthlySaving: {
                            amount: string;
                            currency: string;
                        } | null;
                        /** @enum {string} */
                        undoClass: "R" | "S" | "N";
                        requestedBy: {
                            id: string | null;
                            name: string;
                        };
                        /** @enum {string} */
                        trigger: "manual" | "bulk" | "automatic";
                        undoUntil: string | null;
                        finalAt: string | null;
                        expiresAt: string | null;
                        message: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        finishedAt: string | null;
                        steps: {
                            operation: string;
                            target: {
                                type: string;
                                nativeId: string;
                                id: string;
                                region: string;
                            };
                            parameters: {
                                [key: string]: unknown;
                            };
                            calls: string[];
                            /** @enum {string} */
                            status: "pending" | "running" | "done" | "already" | "failed" | "undone" | "undo_failed" | "skipped";
                            message: string | null;
                            startedAt: string | null;
                            finishedAt: string | null;
                        }[];
                        undoSteps: {
                            operation: string;
                            target: {
                                type: string;
                                nativeId: string;
                                id: string;
                                region: string;
                            };
                            parameters: {
                                [key: string]: unknown;
                            };
                            calls: string[];
                            /** @enum {string} */
                            status: "pending" | "running" | "done" | "already" | "failed" | "undone" | "undo_failed" | "skipped";
                            message: string | null;
                            startedAt: string | null;
                            finishedAt: string | null;
                        }[];
                        undoFrom: string | null;
                        attention: {
                            en: string;
                            "pt-BR": string;
                        } | null;
                        before: {
                            [key: string]: unknown;
                        } | null;
                        created: {
                            type: string;
                            nativeId: string;
                            id: string;
                            region: string;
                        }[];
                        realised: {
                            days: number;
                            before: {
                                amount: string;
                                currency: string;
                            };
                            after: {
                                amount: string;
                                currency: string;
                            };
                            saved: {
                                amount: string;
                                currency: string;
                            };
                        } | null;
                        approval: {
                            requestedBy: {
                                id: string | null;
                                name: string;
                            };
                            decidedBy: {
                                id: string | null;
                                name: string;
                            } | null;
                            decidedAt: string | null;
                            note: string;
                        } | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    recommendationBulkPreview: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    recommendationIds: string[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            recommendationId: string;
                            name: string;
                            kind: string | null;
                            /** @enum {string} */
                            undoClass: "R" | "S" | "N";
                            restart: boolean;
                            monthlySaving: {
                                amount: string;
                                currency: string;
                            } | null;
                            blockedBy: string | null;
                        }[];
                        currency: string;
                        monthlySaving: string;
                        applicable: number;
                        restarts: number;
                        final: number;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    recommendationBulkApply: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    recommendationIds: string[];
                    idempotencyKey: string;
                    /** @default 50 */
                    maxActions?: number;
                    maxMonthlyCost?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        started: {
                            /** Format: uuid */
                            recommendationId: string;
                            /** Format: uuid */
                            actionId: string;
                        }[];
                        skipped: {
                            /** Format: uuid */
                            recommendationId: string;
                            reason: string;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    savingsActionList: {
        parameters: {
            query?: {
                status?: ("waiting" | "running" | "applied" | "quarantined" | "final" | "failed" | "undoing" | "undone" | "rejected" | "withdrawn" | "expired" | "needs_attention") | ("waiting" | "running" | "applied" | "quarantined" | "final" | "failed" | "undoing" | "undone" | "rejected" | "withdrawn" | "expired" | "needs_attention")[];
                resource?: string;
                recommendation?: string;
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            /** Format: uuid */
                            recommendationId: string;
                            ruleId: string;
                            title: {
                                en: string;
                                "pt-BR": string;
                            };
                            kind: string;
                            /** @enum {string} */
                            status: "waiting" | "running" | "applied" | "quarantined" | "final" | "failed" | "undoing" | "undone" | "rejected" | "withdrawn" | "expired" | "needs_attention";
                            provider: string;
                            /** Format: uuid */
                            accountId: string;
                            accountName: string;
                            resource: {
                                /** Format: uuid */
                                id: string;
                                type: string;
                                nativeId: string;
                                name: string;
                                region: string;
                            };
                            monthlySaving: {
                                amount: string;
                                currency: string;
                            } | null;
                            /** @enum {string} */
                            undoClass: "R" | "S" | "N";
                            requestedBy: {
                                id: string | null;
                                name: string;
                            };
                            /** @enum {string} */
                            trigger: "manual" | "bulk" | "automatic";
                            undoUntil: string | null;
                            finalAt: string | null;
                            expiresAt: string | null;
                            message: string | null;
                            /** Format: date-time */
                            createdAt: string;
                            finishedAt: string | null;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    savingsActionGet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
                actionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        recommendationId: string;
                        ruleId: string;
                        title: {
                            en: string;
                            "pt-BR": string;
                        };
                        kind: string;
                        /** @enum {string} */
                        status: "waiting" | "running" | "applied" | "quarantined" | "final" | "failed" | "undoing" | "undone" | "rejected" | "withdrawn" | "expired" | "needs_attention";
                        provider: string;
                        /** Format: uuid */
                        accountId: string;
                        accountName: string;
                        resource: {
                            /** Format: uuid */
                            id: string;
                            type: string;
                            nativeId: string;
                            name: string;
                            region: string;
                        };
                        monthlySaving: {
                            amount: string;
                            currency: string;
                        } | null;
                        /** @enum {string} */
                        undoClass: "R" | "S" | "N";
                        requestedBy: {
                            id: string | null;
                            name: string;
                        };
                        /** @enum {string} */
                        trigger: "manual" | "bulk" | "automatic";
                        undoUntil: string | null;
                        finalAt: string | null;
                        expiresAt: string | null;
                        message: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        finishedAt: string | null;
                        steps: {
                            operation: string;
                            target: {
                                type: string;
                                nativeId: string;
                                id: string;
                                region: string;
                            };
                            parameters: {
                                [key: string]: unknown;
                            };
                            calls: string[];
                            /** @enum {string} */
                            status: "pending" | "running" | "done" | "already" | "failed" | "undone" | "undo_failed" | "skipped";
                            message: string | null;
                            startedAt: string | null;
                            finishedAt: string | null;
                        }[];
                        undoSteps: {
                            operation: string;
                            target: {
                                type: string;
                                nativeId: string;
                                id: string;
                                region: string;
                            };
                            parameters: {
                                [key: string]: unknown;
                            };
                            calls: string[];
                            /** @enum {string} */
                            status: "pending" | "running" | "done" | "already" | "failed" | "undone" | "undo_failed" | "skipped";
                            message: string | null;
                            startedAt: string | null;
                            finishedAt: string | null;
                        }[];
                        undoFrom: string | null;
                        attention: {
                            en: string;
                            "pt-BR": string;
                        } | null;
                        before: {
                            [key: string]: unknown;
                        } | null;
                        created: {
                            type: string;
                            nativeId: string;
                            id: string;
                            region: string;
                        }[];
                        realised: {
                            days: number;
                            before: {
                                amount: string;
                                currency: string;
                            };
                            after: {
                                amount: string;
                                currency: string;
                            };
                            saved: {
                                amount: string;
                                currency: string;
                            };
                        } | null;
                        approval: {
                            requestedBy: {
                                id: string | null;
                                name: string;
                            };
                            decidedBy: {
                                id: string | null;
                                name: string;
                            } | null;
                            decidedAt: string | null;
                            note: string;
                        } | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    savingsActionUndo: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
                actionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        recommendationId: string;
                        ruleId: string;
                        title: {
                            en: string;
                            "pt-BR": string;
                        };
                        kind: string;
                        /** @enum {string} */
                        status: "waiting" | "running" | "applied" | "quarantined" | "final" | "failed" | "undoing" | "undone" | "rejected" | "withdrawn" | "expired" | "needs_attention";
                        provider: string;
                        /** Format: uuid */
                        accountId: string;
                        accountName: string;
                        resource: {
                            /** Format: uuid */
                            id: string;
                            type: string;
                            nativeId: string;
                            name: string;
                            region: string;
                        };
                        monthlySaving: {
                            amount: string;
                            currency: string;
                        } | null;
                        /** @enum {string} */
                        undoClass: "R" | "S" | "N";
                        requestedBy: {
                            id: string | null;
                            name: string;
                        };
                        /** @enum {string} */
                        trigger: "manual" | "bulk" | "automatic";
                        undoUntil: string | null;
                        finalAt: string | null;
                        expiresAt: string | null;
                        message: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        finishedAt: string | null;
                        steps: {
                            operation: string;
                            target: {
                                type: string;
                                nativeId: string;
                                id: string;
                                region: string;
                            };
                            parameters: {
                                [key: string]: unknown;
                            };
                            calls: string[];
                            /** @enum {string} */
                            status: "pending" | "running" | "done" | "already" | "failed" | "undone" | "undo_failed" | "skipped";
                            message: string | null;
                            startedAt: string | null;
                            finishedAt: string | null;
                        }[];
                        undoSteps: {
                            operation: string;
                            target: {
                                type: string;
                                nativeId: string;
                                id: string;
                                region: string;
                            };
                            parameters: {
                                [key: string]: unknown;
                            };
                            calls: string[];
                            /** @enum {string} */
                            status: "pending" | "running" | "done" | "already" | "failed" | "undone" | "undo_failed" | "skipped";
                            message: string | null;
                            startedAt: string | null;
                            finishedAt: string | null;
                        }[];
                        undoFrom: string | null;
                        attention: {
                            en: string;
                            "pt-BR": string;
                        } | null;
                        before: {
                            [key: string]: unknown;
                        } | null;
                        created: {
                            type: string;
                            nativeId: string;
                            id: string;
                            region: string;
                        }[];
                        realised: {
                            days: number;
                            before: {
                                amount: string;
                                currency: string;
                            };
                            after: {
                                amount: string;
                                currency: string;
                            };
                            saved: {
                                amount: string;
                                currency: string;
                            };
                        } | null;
                        approval: {
                            requestedBy: {
                                id: string | null;
                                name: string;
                            };
                            decidedBy: {
                                id: string | null;
                                name: string;
                            } | null;
                            decidedAt: string | null;
                            note: string;
                        } | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    savingsActionApprove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
                actionId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default  */
                    note?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        recommendationId: string;
                        ruleId: string;
                        title: {
                            en: string;
                            "pt-BR": string;
                        };
                        kind: string;
                        /** @enum {string} */
                        status: "waiting" | "running" | "applied" | "quarantined" | "final" | "failed" | "undoing" | "undone" | "rejected" | "withdrawn" | "expired" | "needs_attention";
                        provider: string;
                        /** Format: uuid */
                        accountId: string;
                        accountName: string;
                        resource: {
                            /** Format: uuid */
                            id: string;
                            type: string;
                            nativeId: string;
                            name: string;
                            region: string;
                        };
                        monthlySaving: {
                            amount: string;
                            currency: string;
                        } | null;
                        /** @enum {string} */
                        undoClass: "R" | "S" | "N";
                        requestedBy: {
                            id: string | null;
                            name: string;
                        };
                        /** @enum {string} */
                        trigger: "manual" | "bulk" | "automatic";
                        undoUntil: string | null;
                        finalAt: string | null;
                        expiresAt: string | null;
                        message: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        finishedAt: string | null;
                        steps: {
                            operation: string;
                            target: {
                                type: string;
                                nativeId: string;
                                id: string;
                                region: string;
                            };
                            parameters: {
                                [key: string]: unknown;
                            };
                            calls: string[];
                            /** @enum {string} */
                            status: "pending" | "running" | "done" | "already" | "failed" | "undone" | "undo_failed" | "skipped";
                            message: string | null;
                            startedAt: string | null;
                            finishedAt: string | null;
                        }[];
                        undoSteps: {
                            operation: string;
                            target: {
                                type: string;
                                nativeId: string;
                                id: string;
                                region: string;
                            };
                            parameters: {
                                [key: string]: unknown;
                            };
                            calls: string[];
                            /** @enum {string} */
                            status: "pending" | "running" | "done" | "already" | "failed" | "undone" | "undo_failed" | "skipped";
                            message: string | null;
                            startedAt: string | null;
                            finishedAt: string | null;
                        }[];
                        undoFrom: string | null;
                        attention: {
                            en: string;
                            "pt-BR": string;
                        } | null;
                        before: {
                            [key: string]: unknown;
                        } | null;
                        created: {
                            type: string;
                            nativeId: string;
                            id: string;
                            region: string;
                        }[];
                        realised: {
                            days: number;
                            before: {
                                amount: string;
                                currency: string;
                            };
                            after: {
                                amount: string;
                                currency: string;
                            };
                            saved: {
                                amount: string;
                                currency: string;
                            };
                        } | null;
                        approval: {
                            requestedBy: {
                                id: string | null;
                                name: string;
                            };
                            decidedBy: {
                                id: string | null;
                                name: string;
                            } | null;
                            decidedAt: string | null;
                            note: string;
                        } | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    savingsActionReject: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
                actionId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default  */
                    note?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        recommendationId: string;
                        ruleId: string;
                        title: {
                            en: string;
                            "pt-BR": string;
                        };
                        kind: string;
                        /** @enum {string} */
                        status: "waiting" | "running" | "applied" | "quarantined" | "final" | "failed" | "undoing" | "undone" | "rejected" | "withdrawn" | "expired" | "needs_attention";
                        provider: string;
                        /** Format: uuid */
                        accountId: string;
                        accountName: string;
                        resource: {
                            /** Format: uuid */
                            id: string;
                            type: string;
                            nativeId: string;
                            name: string;
                            region: string;
                        };
                        monthlySaving: {
                            amount: string;
                            currency: string;
                        } | null;
                        /** @enum {string} */
                        undoClass: "R" | "S" | "N";
                        requestedBy: {
                            id: string | null;
                            name: string;
                        };
                        /** @enum {string} */
                        trigger: "manual" | "bulk" | "automatic";
                        undoUntil: string | null;
                        finalAt: string | null;
                        expiresAt: string | null;
                        message: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        finishedAt: string | null;
                        steps: {
                            operation: string;
                            target: {
                                type: string;
                                nativeId: string;
                                id: string;
                                region: string;
                            };
                            parameters: {
                                [key: string]: unknown;
                            };
                            calls: string[];
                            /** @enum {string} */
                            status: "pending" | "running" | "done" | "already" | "failed" | "undone" | "undo_failed" | "skipped";
                            message: string | null;
                            startedAt: string | null;
                            finishedAt: string | null;
                        }[];
                        undoSteps: {
                            operation: string;
                            target: {
                                type: string;
                                nativeId: string;
                                id: string;
                                region: string;
                            };
                            parameters: {
                                [key: string]: unknown;
                            };
                            calls: string[];
                            /** @enum {string} */
                            status: "pending" | "running" | "done" | "already" | "failed" | "undone" | "undo_failed" | "skipped";
                            message: string | null;
                            startedAt: string | null;
                            finishedAt: string | null;
                        }[];
                        undoFrom: string | null;
                        attention: {
                            en: string;
                            "pt-BR": string;
                        } | null;
                        before: {
                            [key: string]: unknown;
                        } | null;
                        created: {
                            type: string;
                            nativeId: string;
                            id: string;
                            region: string;
                        }[];
                        realised: {
                            days: number;
                            before: {
                                amount: string;
                                currency: string;
                            };
                            after: {
                                amount: string;
                                currency: string;
                            };
                            saved: {
                                amount: string;
                                currency: string;
                            };
                        } | null;
                        approval: {
                            requestedBy: {
                                id: string | null;
                                name: string;
                            };
                            decidedBy: {
                                id: string | null;
                                name: string;
                            } | null;
                            decidedAt: string | null;
                            note: string;
                        } | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    savingsActionWithdraw: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
                actionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        recommendationId: string;
                        ruleId: string;
                        title: {
                            en: string;
                            "pt-BR": string;
                        };
                        kind: string;
                        /** @enum {string} */
                        status: "waiting" | "running" | "applied" | "quarantined" | "final" | "failed" | "undoing" | "undone" | "rejected" | "withdrawn" | "expired" | "needs_attention";
                        provider: string;
                        /** Format: uuid */
                        accountId: string;
                        accountName: string;
                        resource: {
                            /** Format: uuid */
                            id: string;
                            type: string;
                            nativeId: string;
                            name: string;
                            region: string;
                        };
                        monthlySaving: {
                            amount: string;
                            currency: string;
                        } | null;
                        /** @enum {string} */
                        undoClass: "R" | "S" | "N";
                        requestedBy: {
                            id: string | null;
                            name: string;
                        };
                        /** @enum {string} */
                        trigger: "manual" | "bulk" | "automatic";
                        undoUntil: string | null;
                        finalAt: string | null;
                        expiresAt: string | null;
                        message: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        finishedAt: string | null;
                        steps: {
                            operation: string;
                            target: {
                                type: string;
                                nativeId: string;
                                id: string;
                                region: string;
                            };
                            parameters: {
                                [key: string]: unknown;
                            };
                            calls: string[];
                            /** @enum {string} */
                            status: "pending" | "running" | "done" | "already" | "failed" | "undone" | "undo_failed" | "skipped";
                            message: string | null;
                            startedAt: string | null;
                            finishedAt: string | null;
                        }[];
                        undoSteps: {
                            operation: string;
                            target: {
                                type: string;
                                nativeId: string;
                                id: string;
                                region: string;
                            };
                            parameters: {
                                [key: string]: unknown;
                            };
                            calls: string[];
                            /** @enum {string} */
                            status: "pending" | "running" | "done" | "already" | "failed" | "undone" | "undo_failed" | "skipped";
                            message: string | null;
                            startedAt: string | null;
                            finishedAt: string | null;
                        }[];
                        undoFrom: string | null;
                        attention: {
                            en: string;
                            "pt-BR": string;
                        } | null;
                        before: {
                            [key: string]: unknown;
                        } | null;
                        created: {
                            type: string;
                            nativeId: string;
                            id: string;
                            region: string;
                        }[];
                        realised: {
                            days: number;
                            before: {
                                amount: string;
                                currency: string;
                            };
                            after: {
                                amount: string;
                                currency: string;
                            };
                            saved: {
                                amount: string;
                                currency: string;
                            };
                        } | null;
                        approval: {
                            requestedBy: {
                                id: string | null;
                                name: string;
                            };
                            decidedBy: {
                                id: string | null;
                                name: string;
                            } | null;
                            decidedAt: string | null;
                            note: string;
                        } | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    savingsRealised: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        currency: string;
                        months: {
                            month: string;
                            estimated: string;
                            realised: string;
                        }[];
                        total: string;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    savingsPolicyList: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            name: string;
                            enabled: boolean;
                            rules: string[];
                            /**
                             * @default [
                             *       "R"
                             *     ]
                             */
                            undoClasses: ("R" | "S" | "N")[];
                            accountIds: string[];
                            minimumMonthly: string;
                            window: {
                                timeZone: string;
                                days: number[];
                                fromHour: number;
                                toHour: number;
                            };
                            maxActionsPerDay: number;
                            /** Format: uuid */
                            id: string;
                            /** Format: date-time */
                            createdAt: string;
                            recentActions: number;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    savingsPolicyCreate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    enabled: boolean;
                    rules: string[];
                    /**
                     * @default [
                     *       "R"
                     *     ]
                     */
                    undoClasses?: ("R" | "S" | "N")[];
                    accountIds: string[];
                    minimumMonthly: string;
                    window: {
                        timeZone: string;
                        days: number[];
                        fromHour: number;
                        toHour: number;
                    };
                    maxActionsPerDay: number;
                    confirmName?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        name: string;
                        enabled: boolean;
                        rules: string[];
                        /**
                         * @default [
                         *       "R"
                         *     ]
                         */
                        undoClasses: ("R" | "S" | "N")[];
                        accountIds: string[];
                        minimumMonthly: string;
                        window: {
                            timeZone: string;
                            days: number[];
                            fromHour: number;
                            toHour: number;
                        };
                        maxActionsPerDay: number;
                        /** Format: uuid */
                        id: string;
                        /** Format: date-time */
                        createdAt: string;
                        recentActions: number;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    savingsPolicyDelete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
                policyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    savingsPolicyUpdate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
                policyId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    enabled?: boolean;
                    rules?: string[];
                    undoClasses?: ("R" | "S" | "N")[];
                    accountIds?: string[];
                    minimumMonthly?: string;
                    window?: {
                        timeZone: string;
                        days: number[];
                        fromHour: number;
                        toHour: number;
                    };
                    maxActionsPerDay?: number;
                    confirmName?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        name: string;
                        enabled: boolean;
                        rules: string[];
                        /**
                         * @default [
                         *       "R"
                         *     ]
                         */
                        undoClasses: ("R" | "S" | "N")[];
                        accountIds: string[];
                        minimumMonthly: string;
                        window: {
                            timeZone: string;
                            days: number[];
                            fromHour: number;
                            toHour: number;
                        };
                        maxActionsPerDay: number;
                        /** Format: uuid */
                        id: string;
                        /** Format: date-time */
                        createdAt: string;
                        recentActions: number;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    savingsApprovalGet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        mode: "none" | "restorable" | "all";
                        /** @default 7 */
                        expireDays: number;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    savingsApprovalPut: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    mode: "none" | "restorable" | "all";
                    /** @default 7 */
                    expireDays?: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        mode: "none" | "restorable" | "all";
                        /** @default 7 */
                        expireDays: number;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    dashboardLayoutGet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        order: ("clouds" | "costs" | "savings" | "alerts" | "schedules" | "activity")[];
                        hidden: ("clouds" | "costs" | "savings" | "alerts" | "schedules" | "activity")[];
                        changed: boolean;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    dashboardLayoutSave: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    order: ("clouds" | "costs" | "savings" | "alerts" | "schedules" | "activity")[];
                    hidden: ("clouds" | "costs" | "savings" | "alerts" | "schedules" | "activity")[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        order: ("clouds" | "costs" | "savings" | "alerts" | "schedules" | "activity")[];
                        hidden: ("clouds" | "costs" | "savings" | "alerts" | "schedules" | "activity")[];
                        changed: boolean;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    dashboardLayoutReset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        order: ("clouds" | "costs" | "savings" | "alerts" | "schedules" | "activity")[];
                        hidden: ("clouds" | "costs" | "savings" | "alerts" | "schedules" | "activity")[];
                        changed: boolean;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
