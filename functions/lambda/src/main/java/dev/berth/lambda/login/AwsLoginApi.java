package dev.berth.lambda.login;

import dev.berth.core.authz.Authorizer;
import dev.berth.core.authz.Authorizer.Attempt;
import dev.berth.core.authz.Authorizer.Decision.Denied;
import dev.berth.core.authz.Principal;
import dev.berth.core.login.LoginException;
import dev.berth.core.login.LoginException.Malformed;
import dev.berth.core.login.LoginException.Refused;
import dev.berth.core.login.LoginTokens;
import dev.berth.core.token.AuthorizationTokens;
import dev.berth.core.token.AuthorizationTokens.Issued;
import dev.berth.lambda.audit.CallRecorder;
import dev.berth.lambda.ecr.AuthorizationData;
import dev.berth.lambda.ecr.RegistryHosts;
import dev.berth.lambda.http.Accept;
import dev.berth.lambda.http.Handler;
import dev.berth.lambda.http.Headers;
import dev.berth.lambda.http.RegistryAddress;
import dev.berth.lambda.http.Request;
import dev.berth.lambda.http.RequestConditions;
import dev.berth.lambda.http.Response;
import dev.berth.registry.login.AwsLoginSettings;
import dev.berth.registry.login.AwsLogins;
import dev.berth.registry.login.AwsLogins.Login;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;

/**
 * {@code POST /aws-login}: takes what {@code aws eks get-token} prints as its token, and answers as
 * GetAuthorizationToken does, or with the password alone to whom that is {@code text/plain} for.
 */
public final class AwsLoginApi implements Handler {

  public static final String PATH = "/aws-login";

  private static final Logger LOG = System.getLogger(AwsLoginApi.class.getName());
  private static final String JSON = "application/x-amz-json-1.1";
  private static final String TEXT = "text/plain";

  private final LoginRecording recording;
  private final AwsLogins logins;
  private final AwsLoginSettings settings;
  private final AuthorizationTokens tokens;
  private final RegistryHosts hosts;
  private final Authorizer authorizer;

  public AwsLoginApi(
      CallRecorder recorder,
      AwsLogins logins,
      AwsLoginSettings settings,
      AuthorizationTokens tokens,
      RegistryHosts hosts,
      Authorizer authorizer) {
    this.recording = new LoginRecording(recorder);
    this.logins = logins;
    this.settings = settings;
    this.tokens = tokens;
    this.hosts = hosts;
    this.authorizer = authorizer;
  }

  /** Never throws: what goes wrong is an answer too. */
  @Override
  public Response handle(Request request) {
    try {
      return request.method().equals("POST") ? logIn(request) : LoginAnswer.notPost();
    } catch (LoginException refusal) {
      return LoginAnswer.of(refusal).with("x-amzn-RequestId", request.id());
    } catch (Throwable fault) {
      LOG.log(Level.ERROR, "request " + request.id() + " failed", fault);
      return LoginAnswer.fault().with("x-amzn-RequestId", request.id());
    }
  }

  /** The name that is asked for is the registry's own, and not what the client calls it. */
  private Response logIn(Request request) {
    String audience = settings.audience(hosts.host(request.registry()));
    Login login = logins.logIn(token(request), audience, request.sourceAddress());
    Principal principal = login.principal();
    recording.record(login, request, () -> authorize(principal, request));
    Issued issued = tokens.issue(principal, request.registry().region());
    var headers = Headers.of("x-amzn-RequestId", request.id(), "Cache-Control", "no-store");
    return wantsText(request)
        ? answer(headers, TEXT, issued.password().getBytes(StandardCharsets.UTF_8))
        : answer(headers, JSON, AuthorizationData.answer(issued, endpoint(request, principal)));
  }

  /** As for the token that this is one of. */
  private void authorize(Principal principal, Request request) {
    var attempt =
        new Attempt(
            principal,
            "ecr:GetAuthorizationToken",
            "*",
            RequestConditions.of(request, request.registry().region()));
    if (authorizer.decide(attempt) instanceof Denied denied) {
      throw new Refused(denied.message());
    }
  }

  private String endpoint(Request request, Principal principal) {
    return hosts.endpoint(new RegistryAddress(principal.account(), request.registry().region()));
  }

  private static Response answer(Headers headers, String type, byte[] body) {
    return new Response(200, headers.with("Content-Type", type), new Response.Body.Bytes(body));
  }

  private static boolean wantsText(Request request) {
    return Accept.of(request.headers()).ranges().stream()
        .anyMatch(
            range -> (range.type() + "/" + range.subtype()).equals(TEXT) && !range.excluded());
  }

  private static String token(Request request) {
    try {
      byte[] body = request.body().readNBytes(LoginTokens.MAX_LENGTH + 1);
      if (body.length > LoginTokens.MAX_LENGTH) {
        throw new Malformed("The body is larger than %d bytes.".formatted(LoginTokens.MAX_LENGTH));
      }
      return new String(body, StandardCharsets.ISO_8859_1).strip();
    } catch (IOException e) {
      throw new Malformed("The request body ended before it was complete.");
    }
  }
}
