package dev.berth.lambda.query;

/**
 * Which API it is.
 *
 * @param name as signatures are scoped to it and actions are prefixed: {@code iam}
 * @param version of its model, which requests name: {@code 2010-05-08}
 */
public record QueryService(String name, String version) {

  /** Of the answers' XML. */
  String namespace() {
    return "https://%s.amazonaws.com/doc/%s/".formatted(name, version);
  }
}
