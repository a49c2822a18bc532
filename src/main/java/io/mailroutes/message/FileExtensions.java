package io.mailroutes.message;

import java.util.Map;

/** The usual file name extension of a media type, for parts that come without a name. */
final class FileExtensions {
    private static final Map<String, String> KNOWN = Map.ofEntries(
            Map.entry("text/plain", ".txt"),
            Map.entry("text/html", ".html"),
            Map.entry("text/csv", ".csv"),
            Map.entry("text/xml", ".xml"),
            Map.entry("text/calendar", ".ics"),
            Map.entry("text/vcard", ".vcf"),
            Map.entry("text/x-vcard", ".vcf"),
            Map.entry("text/markdown", ".md"),
            Map.entry("text/enriched", ".txt"),
            Map.entry("text/rtf", ".rtf"),
            Map.entry("text/rfc822-headers", ".txt"),
            Map.entry("message/rfc822", ".eml"),
            Map.entry("message/global", ".eml"),
            Map.entry("message/delivery-status", ".txt"),
            Map.entry("message/disposition-notification", ".txt"),
            Map.entry("image/jpeg", ".jpg"),
            Map.entry("image/jpg", ".jpg"),
            Map.entry("image/png", ".png"),
            Map.entry("image/gif", ".gif"),
            Map.entry("image/bmp", ".bmp"),
            Map.entry("image/tiff", ".tif"),
            Map.entry("image/webp", ".webp"),
            Map.entry("image/heic", ".heic"),
            Map.entry("image/svg+xml", ".svg"),
            Map.entry("audio/mpeg", ".mp3"),
            Map.entry("audio/wav", ".wav"),
            Map.entry("audio/ogg", ".ogg"),
            Map.entry("video/mp4", ".mp4"),
            Map.entry("video/mpeg", ".mpg"),
            Map.entry("video/quicktime", ".mov"),
            Map.entry("application/pdf", ".pdf"),
            Map.entry("application/json", ".json"),
            Map.entry("application/xml", ".xml"),
            Map.entry("application/rtf", ".rtf"),
            Map.entry("application/zip", ".zip"),
            Map.entry("application/x-zip-compressed", ".zip"),
            Map.entry("application/gzip", ".gz"),
            Map.entry("application/x-gzip", ".gz"),
            Map.entry("application/x-tar", ".tar"),
            Map.entry("application/x-7z-compressed", ".7z"),
            Map.entry("application/ics", ".ics"),
            Map.entry("application/msword", ".doc"),
            Map.entry("application/vnd.ms-excel", ".xls"),
            Map.entry("application/vnd.ms-powerpoint", ".ppt"),
            Map.entry("application/vnd.ms-outlook", ".msg"),
            Map.entry("application/ms-tnef", ".dat"),
            Map.entry("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"),
            Map.entry("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"),
            Map.entry("application/vnd.openxmlformats-officedocument.presentationml.presentation", ".pptx"),
            Map.entry("application/vnd.oasis.opendocument.text", ".odt"),
            Map.entry("application/vnd.oasis.opendocument.spreadsheet", ".ods"),
            Map.entry("application/pgp-signature", ".asc"),
            Map.entry("application/pgp-keys", ".asc"),
            Map.entry("application/pkcs7-signature", ".p7s"),
            Map.entry("application/x-pkcs7-signature", ".p7s"),
            Map.entry("application/pkcs7-mime", ".p7m"),
            Map.entry("application/x-pkcs7-mime", ".p7m"));

    private FileExtensions() {}

    static String of(String type) {
        return KNOWN.getOrDefault(type, ".bin");
    }
}
