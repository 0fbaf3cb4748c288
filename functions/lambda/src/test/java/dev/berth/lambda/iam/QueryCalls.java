package dev.berth.lambda.iam;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.core.sigv4.SigV4Verifier;
import dev.berth.core.sigv4.SignedRequest;
import dev.berth.core.sigv4.TestSigner;
import dev.berth.lambda.Authorizers;
import dev.berth.lambda.Throttles;
import dev.berth.lambda.audit.CallRecorder;
import dev.berth.lambda.http.Headers;
import dev.berth.lambda.http.RegistryAddress;
import dev.berth.lambda.http.Request;
import dev.berth.lambda.http.Response;
import dev.berth.registry.identity.Identities;
import dev.berth.registry.store.MemoryTable;
import java.io.ByteArrayInputStream;
import java.net.URLEncoder;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Calls of an account's root that no SDK would make. */
final class QueryCalls {

  static final Clock NOW = Clock.fixed(Instant.parse("2015-08-30T12:36:00Z"), ZoneOffset.UTC);

  final Identities identities = TestIdentities.in(new MemoryTable(), NOW);
  final IamActions actions = TestIdentities.actions(identities, NOW);
  private final IamApi api =
      new IamApi(
          CallRecorder.none(),
          actions,
          new SigV4Verifier(NOW),
          identities.keys(),
          Throttles.none(),
          Authorizers.withoutPolicies());

  /** The whole answer, in XML. */
  record Answer(int status, String text) {

    /** The error's code; 200 for a success. */
    String code() {
      return status == 200 ? "200" : text.replaceFirst("(?s).*<Code>(.*)</Code>.*", "$1");
    }
  }

  Answer call(String action, Map<String, String> parameters) {
    String form =
        parameters.entrySet().stream()
            .map(one -> encoded(one.getKey()) + "=" + encoded(one.getValue()))
            .collect(Collectors.joining("&"));
    return send("Action=" + action + "&Version=2010-05-08&" + form);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  Answer send(String body) {
    SignedRequest signed = new TestSigner().scopedTo("iam").body(body.getBytes(UTF_8)).sign();
    Response response =
        api.handle(
            new Request(
                signed.method(),
                signed.path(),
                signed.rawQuery(),
                "iam.amazonaws.com",
                new RegistryAddress("123456789012", "us-east-1"),
                new Headers(signed.headers()),
                new ByteArrayInputStream(signed.body()),
                OptionalLong.empty(),
                "127.0.0.1",
                true,
                "request-1"));
    return new Answer(
        response.status(), new String(((Response.Body.Bytes) response.body()).bytes(), UTF_8));
  }
}
