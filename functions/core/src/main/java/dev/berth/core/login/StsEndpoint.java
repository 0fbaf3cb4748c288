package dev.berth.core.login;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a presigned request may lead: nowhere else is one ever sent. */
public sealed interface StsEndpoint {

  /**
   * Whether requests may go there, signed for this region.
   *
   * @param origin scheme, host, and a port if it is named: {@code https://sts.amazonaws.com}
   */
  boolean accepts(String origin, String region);

  /** AWS's own endpoints (AWS General Reference, "AWS STS endpoints"). */
  record OfAws() implements StsEndpoint {

    private static final String GLOBAL = "https://sts.amazonaws.com";

    /** The region of the endpoint without one (IAM User Guide, "Manage AWS STS in a Region"). */
    private static final String GLOBAL_REGION = "us-east-1";

    /**
     * A region's name has no digit before its end: {@code sts.s3-us-west-2.amazonaws.com} is a
     * bucket of somebody's.
     */
    private static final Pattern REGIONAL =
        Pattern.compile(
            "https://sts(?:-fips)?\\.(?<region>[a-z]{2}(?:-[a-z]+){1,2}-[0-9]{1,2})\\.amazonaws\\.com(?<china>\\.cn)?");

    @Override
    public boolean accepts(String origin, String region) {
      if (origin.equals(GLOBAL)) {
        return region.equals(GLOBAL_REGION);
      }
      Matcher regional = REGIONAL.matcher(origin);
      return regional.matches()
          && regional.group("region").equals(region)
          && region.startsWith("cn-") == (regional.group("china") != null);
    }
  }

  /** One that the operator names, with the scheme and the port that it has. */
  record At(String own) implements StsEndpoint {

    private static final Pattern URL =
        Pattern.compile(
            "(?<origin>https?://(?:[a-z0-9][a-z0-9.-]*|\\[[0-9a-f:.]+])(?::[0-9]{1,5})?)/?");

    @Override
    public boolean accepts(String origin, String region) {
      return origin.equals(own);
    }
  }

  static StsEndpoint ofAws() {
    return new OfAws();
  }

  /**
   * @param url {@code https://sts.internal:8443}, with nothing behind it but perhaps a slash
   * @throws IllegalArgumentException for anything else
   */
  static StsEndpoint at(String url) {
    Matcher own = At.URL.matcher(url);
    if (!own.matches()) {
      throw new IllegalArgumentException(
          "'%s' is not the URL of an STS endpoint, such as https://sts.eu-west-1.amazonaws.com"
              .formatted(url));
    }
    return new At(own.group("origin"));
  }
}
