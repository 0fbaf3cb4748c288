package dev.berth.lambda.http;

import dev.berth.core.policy.condition.RequestContext;
import java.util.List;
import java.util.Optional;

/**
 * The condition keys that tell of a request itself (IAM User Guide, "AWS global condition context
 * keys": properties of the network, properties of the request). Where it came from is what its edge
 * knows of the connection: no header says so, X-Forwarded-For and its like included.
 *
 * @param region that the request is made to
 */
public record RequestConditions(Request request, String region) implements RequestContext.Source {

  /** What is known of a request before it is known who makes it. */
  public static RequestContext of(Request request, String region) {
    return RequestContext.EMPTY.and(new RequestConditions(request, region));
  }

  @Override
  public List<String> values(String key) {
    return value(key).map(List::of).orElse(List.of());
  }

  private Optional<String> value(String key) {
    return switch (key) {
      case "aws:sourceip" -> address().filter(any -> request.vpcEndpoint().isEmpty());
      case "aws:vpcsourceip" -> address().filter(any -> request.vpcEndpoint().isPresent());
      case "aws:sourcevpce" -> request.vpcEndpoint().map(VpcEndpoint::id);
      case "aws:sourcevpc" -> request.vpcEndpoint().flatMap(VpcEndpoint::vpc);
      case "aws:securetransport" -> Optional.of(Boolean.toString(request.secure()));
      case "aws:useragent" -> request.headers().first("User-Agent");
      case "aws:referer" -> request.headers().first("Referer");
      case "aws:requestedregion" -> Optional.of(region);
      default -> Optional.empty();
    };
  }

  /** Without the zone that the JDK writes behind a link-local address. */
  private Optional<String> address() {
    return Optional.of(request.sourceAddress().split("%", 2)[0]);
  }
}
