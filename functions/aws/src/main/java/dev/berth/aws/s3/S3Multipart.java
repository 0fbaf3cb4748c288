package dev.berth.aws.s3;

/**
 * A multipart write's id as the port knows it: {@code <write>.<upload id>}.
 *
 * @param write marks the object that this write makes, see {@link S3Writes}
 * @param upload S3's upload id; never empty, as S3 takes a part without one for a whole object
 */
record S3Multipart(String write, String upload) {

  static S3Multipart parse(String id) {
    int dot = id.indexOf('.');
    boolean good = dot > 0 && dot < id.length() - 1;
    return good
        ? new S3Multipart(id.substring(0, dot), id.substring(dot + 1))
        : new S3Multipart("none", "none");
  }

  String id() {
    return write + "." + upload;
  }
}
