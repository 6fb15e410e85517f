package progress

import (
	"errors"
	"io/fs"
	"path/filepath"
	"syscall"

	"atelier/assets/words"
)

func cannotSave(path string, err error) words.Text {
	if isFull(err) {
		return words.Textf(
			"Your progress can't be kept: %s can't be written (%v). It counts until you leave. To keep it, make room there, and start again",
			"Votre progression ne peut pas être gardée : %s ne peut pas être écrit (%v). Elle compte jusqu’à votre départ. Pour la garder, libérez de la place, et relancez",
			path, reason(err))
	}
	return words.Textf(
		"Your progress can't be kept: %s can't be written (%v). It counts until you leave. To keep it, give yourself the right to write there, and start again",
		"Votre progression ne peut pas être gardée : %s ne peut pas être écrit (%v). Elle compte jusqu’à votre départ. Pour la garder, donnez-vous le droit d’y écrire, et relancez",
		path, reason(err))
}

func notSaved(path string, err error) words.Text {
	return words.Textf(
		"Your latest progress is not saved yet: %s can't be written (%v). Make room or access; it is tried again with your next step",
		"Votre dernière progression n’est pas encore enregistrée : %s ne peut pas être écrit (%v). Libérez de la place ou l’accès ; un nouvel essai suit votre prochaine étape",
		path, reason(err))
}

// lost is what the end of a session could not save.
func lost(path string, err error) error {
	return words.Errorf(
		"Your latest progress was not saved and is lost: %s can't be written (%v). Make room or access before you go on",
		"Votre dernière progression n’a pas été enregistrée, elle est perdue : %s ne peut pas être écrit (%v). Libérez de la place ou l’accès avant de reprendre",
		path, reason(err))
}

func isFull(err error) bool { return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) }

func newerFile(path string) words.Text {
	return words.Textf(
		"Your progress in %s was written by a newer atelier. It stays as it is; what you do now counts until you leave. To go on with it, update this atelier",
		"Votre progression dans %s a été écrite par un atelier plus récent. Elle reste telle quelle ; ce que vous faites compte jusqu’à votre départ. Pour la poursuivre, mettez cet atelier à jour",
		path)
}

func damagedFile(aside string) words.Text {
	return words.Textf(
		"Your progress file was damaged and can't be read. It is kept as %s, in %s; you begin afresh",
		"Votre fichier de progression était abîmé et ne peut pas être lu. Il est gardé sous le nom %s, dans %s ; vous repartez de zéro",
		filepath.Base(aside), filepath.Dir(aside))
}

func unreadable(path string, err error) error {
	if errors.Is(err, errNewer) {
		return words.Errorf("%s was written by a newer atelier: update this one", "%s a été écrit par un atelier plus récent : mettez celui-ci à jour", path)
	}
	return words.Errorf("the progress in %s can't be read: %v", "la progression dans %s est illisible : %v", path, reason(err))
}

// reason is what is wrong with a path, without the path.
func reason(err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	return err
}
