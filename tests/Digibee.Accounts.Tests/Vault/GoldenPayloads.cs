namespace Digibee.Accounts;

/// <summary>Payloads as the first version wrote them, written down by hand. They are opened for ever: add to them, never change one.</summary>
internal static class GoldenPayloads
{
    /// <summary>With all optional properties absent.</summary>
    public static readonly Dictionary<string, string> Minimal = new(StringComparer.Ordinal)
    {
        ["api-key"] = """{"v":1,"parameterName":"key","key":"c4n4ry","placement":"Query"}""",
        ["aws-v4"] = """{"v":1,"accessKeyId":"AKIDEXAMPLE","secretAccessKey":"c4n4ry"}""",
        ["basic"] = """{"v":1,"userName":"Aladdin","password":"c4n4ry"}""",
        ["certificate-chain"] = """{"v":1,"chain":"c4n4ry\n-----BEGIN CERTIFICATE-----\nMIIBeTCCAR6gAwIBAgITNZUvr1xoRXVwKmFCHnZA7qdZzjAKBggqhkjOPQQDAjAR\nMQ8wDQYDVQQDDAZzYW1wbGUwIBcNMjYxMTI1MTUyNDQ0WhgPMjEyNjExMDExNTI0\nNDRaMBExDzANBgNVBAMMBnNhbXBsZTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IA\nBOLYRXGyL12zCX/M0GSB/m7QQyMWZpCcT3po0EOhFSbYFDnTBFDFmIAtbtKQDS8s\n7UyMJYGs8IsmFjJra1jBo/qjUzBRMB0GA1UdDgQWBBQplRm6yu6iBcJAyO/WZAMi\niVq/2DAfBgNVHSMEGDAWgBQplRm6yu6iBcJAyO/WZAMiiVq/2DAPBgNVHRMBAf8E\nBTADAQH/MAoGCCqGSM49BAMCA0kAMEYCIQCrfPL09bCh0vHKDc3i13wbDKi6ZUPd\nNUPF/LP8MfIeAwIhAJVRdC6LoijAcyGxdBBDMY9zOKxLazjwGYobvoBX71jl\n-----END CERTIFICATE-----\n-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg4lHTzSb5GZydzDup\nSpIhSFcWWO1YYCjR3aTbG0h9wcahRANCAATi2EVxsi9dswl/zNBkgf5u0EMjFmaQ\nnE96aNBDoRUm2BQ50wRQxZiALW7SkA0vLO1MjCWBrPCLJhYya2tYwaP6\n-----END PRIVATE KEY-----\n"}""",
        ["custom-auth-header"] = """{"v":1,"headerName":"X-Auth","headerValue":"c4n4ry"}""",
        ["google-key"] = """{"v":1,"key":"{\"type\":\"service_account\",\"private_key_id\":\"k1\",\"private_key\":\"-----BEGIN PRIVATE KEY-----\\nYzRuNHJ5\\n-----END PRIVATE KEY-----\\n\",\"client_email\":\"robot@project.example\"}"}""",
        ["kerberos"] = """{"v":1,"principal":"user@EXAMPLE.COM","keytab":"BQIAAABCAAEAC0VYQU1QTEUuQ09NAAR1c2VyAAAAAWVT8QACABIAIGM0bjRyeWM0bjRyeWM0bjRyeWM0bjRyeWM0bjRyeWM0"}""",
        ["ntlm"] = """{"v":1,"userName":"user","password":"c4n4ry"}""",
        ["oauth-2"] = """{"v":1,"provider":"google"}""",
        ["oauth-bearer"] = """{"v":1,"token":"c4n4ry"}""",
        ["private-key"] = """{"v":1,"key":"c4n4ry\n-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg4lHTzSb5GZydzDup\nSpIhSFcWWO1YYCjR3aTbG0h9wcahRANCAATi2EVxsi9dswl/zNBkgf5u0EMjFmaQ\nnE96aNBDoRUm2BQ50wRQxZiALW7SkA0vLO1MjCWBrPCLJhYya2tYwaP6\n-----END PRIVATE KEY-----\n"}""",
        ["public-key"] = """{"v":1,"key":"c4n4ry\n-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE4thFcbIvXbMJf8zQZIH+btBDIxZm\nkJxPemjQQ6EVJtgUOdMEUMWYgC1u0pANLyztTIwlgazwiyYWMmtrWMGj+g==\n-----END PUBLIC KEY-----\n"}""",
        ["secret-key"] = """{"v":1,"key":"c4n4ry"}""",
        ["smtp-auth-and-properties"] = """{"v":1,"host":"mail.example","port":587}""",
    };

    /// <summary>With every property present.</summary>
    public static readonly Dictionary<string, string> Full = new(StringComparer.Ordinal)
    {
        ["api-key"] = """{"v":1,"parameterName":"key","key":"c4n4ry","placement":"Cookie"}""",
        ["aws-v4"] = """{"v":1,"accessKeyId":"AKIDEXAMPLE","secretAccessKey":"c4n4ry","sessionToken":"session-c4n4ry","service":"s3","region":"eu-central-1"}""",
        ["basic"] = """{"v":1,"userName":"Aladdin","password":"c4n4ry"}""",
        ["certificate-chain"] = """{"v":1,"chain":"c4n4ry\n-----BEGIN CERTIFICATE-----\nMIIBeTCCAR6gAwIBAgITNZUvr1xoRXVwKmFCHnZA7qdZzjAKBggqhkjOPQQDAjAR\nMQ8wDQYDVQQDDAZzYW1wbGUwIBcNMjYxMTI1MTUyNDQ0WhgPMjEyNjExMDExNTI0\nNDRaMBExDzANBgNVBAMMBnNhbXBsZTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IA\nBOLYRXGyL12zCX/M0GSB/m7QQyMWZpCcT3po0EOhFSbYFDnTBFDFmIAtbtKQDS8s\n7UyMJYGs8IsmFjJra1jBo/qjUzBRMB0GA1UdDgQWBBQplRm6yu6iBcJAyO/WZAMi\niVq/2DAfBgNVHSMEGDAWgBQplRm6yu6iBcJAyO/WZAMiiVq/2DAPBgNVHRMBAf8E\nBTADAQH/MAoGCCqGSM49BAMCA0kAMEYCIQCrfPL09bCh0vHKDc3i13wbDKi6ZUPd\nNUPF/LP8MfIeAwIhAJVRdC6LoijAcyGxdBBDMY9zOKxLazjwGYobvoBX71jl\n-----END CERTIFICATE-----\n-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAixEVKMBEVo2wICCAAw\nDAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEPf5GrGjNE3/VW8YXN06Pp8EgZCU\n4tIGRCnNGtPkQHTbIc2GCUqfwdegP0QnzsexUi8dwKEvOUnVcoIlNs4TM9NIOqkR\nNIUWt09MqtBUsZ/a8OwTKVIoQ2Iic4ia3K1hQwdKAbCac0Mtf1RPb65vwFNzlsEL\nwkvfpD0kYIjm3Z6UpiYXHgZZmDznx8jtbt/SvvFPKUk8GbVpgJSb05ixz4PO9E8=\n-----END ENCRYPTED PRIVATE KEY-----\n","password":"c4n4ry"}""",
        ["custom-auth-header"] = """{"v":1,"headerName":"X-Auth","headerValue":"c4n4ry"}""",
        ["google-key"] = """{"v":1,"key":"{\"type\":\"service_account\",\"private_key_id\":\"k1\",\"private_key\":\"-----BEGIN PRIVATE KEY-----\\nYzRuNHJ5\\n-----END PRIVATE KEY-----\\n\",\"client_email\":\"robot@project.example\"}","scopes":["https://www.googleapis.com/auth/drive"],"mode":"SelfSignedJwt","subject":"alice@project.example","audience":"https://pubsub.googleapis.com/"}""",
        ["kerberos"] = """{"v":1,"principal":"user","keytab":"BQIAAABCAAEAC0VYQU1QTEUuQ09NAAR1c2VyAAAAAWVT8QACABIAIGM0bjRyeWM0bjRyeWM0bjRyeWM0bjRyeWM0bjRyeWM0","kerberosRealm":"EXAMPLE.COM","keyDistributionCenters":["kdc1.example","[::1]:88"],"configuration":"[libdefaults]\n","servicePrincipal":"HTTP/web.example","requireMutualAuthentication":true,"allowRc4":true}""",
        ["ntlm"] = """{"v":1,"userName":"user","password":"c4n4ry","domain":"CORP","workstation":"WS1"}""",
        ["oauth-2"] = """{"v":1,"provider":"google","scopes":["offline_access","files.readwrite.all"],"grant":"TokenExchange","clientAuthentication":"Post","clientId":"client","clientSecret":"c4n4ry","keyAccount":"signer","keyId":"k1","certificateAccount":"certificate","refreshToken":"refresh-c4n4ry","userName":"user","password":"password-c4n4ry","issuer":"issuer","subject":"subject","subjectToken":"subject-c4n4ry","subjectTokenType":"urn:ietf:params:oauth:token-type:jwt","audience":"https://audience.example/","resources":["https://resource.example/r"],"useDPoP":true,"parameters":["tenant=one"]}""",
        ["oauth-bearer"] = """{"v":1,"token":"c4n4ry"}""",
        ["private-key"] = """{"v":1,"key":"c4n4ry\n-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAixEVKMBEVo2wICCAAw\nDAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEPf5GrGjNE3/VW8YXN06Pp8EgZCU\n4tIGRCnNGtPkQHTbIc2GCUqfwdegP0QnzsexUi8dwKEvOUnVcoIlNs4TM9NIOqkR\nNIUWt09MqtBUsZ/a8OwTKVIoQ2Iic4ia3K1hQwdKAbCac0Mtf1RPb65vwFNzlsEL\nwkvfpD0kYIjm3Z6UpiYXHgZZmDznx8jtbt/SvvFPKUk8GbVpgJSb05ixz4PO9E8=\n-----END ENCRYPTED PRIVATE KEY-----\n","passphrase":"c4n4ry"}""",
        ["public-key"] = """{"v":1,"key":"c4n4ry\n-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE4thFcbIvXbMJf8zQZIH+btBDIxZm\nkJxPemjQQ6EVJtgUOdMEUMWYgC1u0pANLyztTIwlgazwiyYWMmtrWMGj+g==\n-----END PUBLIC KEY-----\n"}""",
        ["secret-key"] = """{"v":1,"key":"YzRuNHJ5YzRuNHJ5YzRuNHJ5","encoding":"Base64"}""",
        ["smtp-auth-and-properties"] = """{"v":1,"host":"mail.example","port":465,"userName":"user@example.com","password":"c4n4ry","tls":"Implicit","mechanisms":["OAUTHBEARER","PLAIN"],"bearerAccount":"token","properties":["mail.smtp.timeout=30000"]}""",
    };

    /// <summary>With every property that there was before the type got more.</summary>
    public static readonly Dictionary<string, string> Earlier = new(StringComparer.Ordinal)
    {
        ["google-key"] = """{"v":1,"key":"{\"type\":\"service_account\",\"private_key_id\":\"k1\",\"private_key\":\"-----BEGIN PRIVATE KEY-----\\nYzRuNHJ5\\n-----END PRIVATE KEY-----\\n\",\"client_email\":\"robot@project.example\"}","scopes":["https://www.googleapis.com/auth/drive"]}""",
        ["oauth-2"] = """{"v":1,"provider":"google","scopes":["offline_access","files.readwrite.all"]}""",
        ["smtp-auth-and-properties"] = """{"v":1,"host":"mail.example","port":465,"userName":"user@example.com","password":"c4n4ry","tls":"Implicit","mechanisms":["SCRAM-SHA-256","PLAIN"]}""",
    };
}
